"""Run a command while no other that was started through this runs in this folder: two `make run` at once do no harm.

    python scripts/one_at_a_time.py COMMAND [ARGUMENT ...]

The lock lies on this file itself; it goes when the command ends, however that comes about.
"""

import fcntl
import os
import sys


def main(command: list[str]) -> None:
    lock = os.open(__file__, os.O_RDONLY)
    os.set_inheritable(lock, True)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another make is at work in this folder; waiting for it.", file=sys.stderr, flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
