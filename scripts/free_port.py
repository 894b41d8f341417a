"""Say in a sentence why a port of this machine cannot be served on; silent where it can."""

import errno
import socket
import sys

WHY = {
    errno.EADDRINUSE: "is in use, perhaps by another `make run`",
    errno.EACCES: "is not for everybody to serve on",
}


def main(port: str) -> None:
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", int(port)))
    except (ValueError, OverflowError):
        sys.exit(f"PORT={port} is no port: take a number from 1024 to 65535.")
    except OSError as error:
        sys.exit(f"Port {port} {WHY.get(error.errno, error.strerror)}. Take another one: make run PORT=8001")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
