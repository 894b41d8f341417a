"""A hostile or clumsy environment: each wrong variable gets one sentence that names it, and files stay private."""

import os
import socket
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = "from django.conf import settings; print({})"
#: What the machine that runs the tests may have set.
OURS = ("DATABASE_URL", "EMAIL_URL", "DJANGO_", "WERVELWIJZER_", "PORT")


def surroundings(var: Path, variables: dict[str, str]) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return others | {"WERVELWIJZER_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings"} | variables


def manage(var: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=surroundings(var, variables),
        capture_output=True,
        text=True,
        timeout=60,
    )


def setting(var: Path, name: str, **variables: str) -> str:
    done = manage(var, "shell", "-v0", "-c", SETTINGS.format(f"settings.{name}"), **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DJANGO_DEBUG", "banana", "is 'banana': it takes 1 or 0."),
        ("WERVELWIJZER_HTTPS", "https", "is 'https': it takes 1 or 0."),
        ("DJANGO_ALLOWED_HOSTS", "a.example, https://b.example", "has 'https://b.example' in it"),
        ("DJANGO_ALLOWED_HOSTS", "a.example:8000", "has 'a.example:8000' in it"),
        ("DJANGO_CSRF_TRUSTED_ORIGINS", "b.example", "has 'b.example' in it"),
        ("DATABASE_URL", "banana", "is no address of a database"),
        ("DATABASE_URL", "mysql://u:secret@host/name", "is no address of a database"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3", "leads to /nowhere/at/all.sqlite3, which cannot be used"),
        ("DATABASE_URL", "sqlite:////", "leads to /, which cannot be used: it is a directory."),
        ("EMAIL_URL", "banana", "is no address that can be read."),
        ("EMAIL_URL", "smtp://u:secret@host:99999", "is no address that can be read."),
        ("WERVELWIJZER_URL", "www.example.org", "is 'www.example.org': it begins with https://"),
        ("WERVELWIJZER_VAR", "/dev/null", "names /dev/null, which is no directory."),
        ("WERVELWIJZER_VAR", "/dev/null/var", "leads to /dev/null/var, which cannot be used"),
    ],
)
def test_a_wrong_variable_is_named_in_one_sentence(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    done = manage(tmp_path, "migrate", **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name} {sentence}")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


def test_where_it_went_wrong_is_there_for_who_asks(tmp_path: Path) -> None:
    assert "Traceback" in manage(tmp_path, "migrate", "--traceback", DJANGO_DEBUG="banana").stderr


def test_postgresql_without_its_driver_says_what_to_install(tmp_path: Path) -> None:
    if find_spec("psycopg") or find_spec("psycopg2"):
        pytest.skip("the driver is there")
    done = manage(tmp_path, "migrate", DATABASE_URL="postgres://u:secret@127.0.0.1/name")
    assert done.stderr == "DATABASE_URL names PostgreSQL, whose driver is missing: pip install psycopg[binary].\n"


def test_a_database_nobody_migrated_is_said_without_a_traceback(tmp_path: Path) -> None:
    done = manage(tmp_path, "verify")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("The database cannot be used: no such table")


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "wervelwijzer.sqlite3").write_text("a letter to the insurer, and quite a long one" * 50)
    done = manage(tmp_path, "migrate")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("The database cannot be used: file is not a database.")


def test_gunicorn_stops_with_the_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", "127.0.0.1:0"],
        cwd=ROOT,
        env=surroundings(tmp_path, {"DJANGO_DEBUG": "banana"}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "DJANGO_DEBUG is 'banana': it takes 1 or 0." in done.stderr
    assert "Traceback" not in done.stderr


def test_spaces_and_empty_variables_do_no_harm(tmp_path: Path) -> None:
    assert setting(tmp_path, "ALLOWED_HOSTS", DJANGO_ALLOWED_HOSTS=" a.example , b.example,") == str(
        ["a.example", "b.example"]
    )
    assert setting(tmp_path, "DEBUG", DJANGO_DEBUG=" True ") == "True"
    empty = {"DJANGO_DEBUG": "", "DJANGO_ALLOWED_HOSTS": "", "DATABASE_URL": "", "EMAIL_URL": " "}
    assert setting(tmp_path, "DATABASES['default']['NAME']", **empty) == str(tmp_path / "wervelwijzer.sqlite3")


def test_a_directory_may_have_any_name(tmp_path: Path) -> None:
    odd = tmp_path / "a#b?c %41"
    assert setting(odd, "DATABASES['default']['NAME']") == str(odd / "wervelwijzer.sqlite3")


#: Codes guessed at by somebody at one address, behind a proxy or not; prints the answers' statuses.
GUESSES = """
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
said = [Client(HTTP_X_FORWARDED_FOR="{}").post("/join/", {{"code": "AAAA-BBBB-CCCC"}}).status_code for _ in range({})]
print(said)
"""


def guesses(var: Path, address: str, number: int, **variables: str) -> str:
    done = manage(var, "shell", "-v0", "-c", GUESSES.format(address, number), **variables)
    return done.stdout.strip() or done.stderr


def test_attempts_are_counted_over_all_processes_and_outlive_a_restart(tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate", "-v0").returncode == 0
    assert guesses(tmp_path, "1.1.1.1", 6) == "[200, 200, 200, 200, 200, 429]"
    assert guesses(tmp_path, "2.2.2.2", 1) == "[429]"


def test_behind_a_proxy_attempts_are_counted_by_the_address_that_the_proxy_saw(tmp_path: Path) -> None:
    assert manage(tmp_path, "migrate", "-v0").returncode == 0
    assert guesses(tmp_path, "1.1.1.1", 6, WERVELWIJZER_PROXY="1") == "[200, 200, 200, 200, 200, 429]"
    assert guesses(tmp_path, "9.9.9.9, 1.1.1.1", 1, WERVELWIJZER_PROXY="1") == "[429]"
    assert guesses(tmp_path, "1.1.1.1, 2.2.2.2", 1, WERVELWIJZER_PROXY="1") == "[200]"


def test_of_many_processes_that_start_at_once_all_have_the_same_key(tmp_path: Path) -> None:
    script = "import sys; sys.stdin.read(1); from config import settings; print(settings.SECRET_KEY)"
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=surroundings(tmp_path, {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for process in starting:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=60)[0].strip() for process in starting}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret_key", "wervelwijzer.sqlite3"]


def test_a_key_that_another_process_made_in_between_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from config import private

    def made_by_another() -> str:
        (tmp_path / "secret_key").write_text("the other's")
        return "ours"

    monkeypatch.setattr(private, "get_random_secret_key", made_by_another)
    assert private.secret_key(tmp_path / "secret_key") == "the other's"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_empty_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    done = manage(tmp_path, "migrate")
    assert done.stderr == f"{tmp_path}/secret_key is empty. Delete it, and a new key is made.\n"


def test_who_else_is_on_the_machine_reads_nothing(tmp_path: Path) -> None:
    var = tmp_path / "var"
    script = (
        "import os; os.umask(0); import django; django.setup(); from django.db import connection;"
        " connection.cursor().execute('CREATE TABLE patient (name)');"
        " print(*sorted(os.listdir(os.environ['WERVELWIJZER_VAR'])))"
        " or [print(oct(os.stat(os.path.join(os.environ['WERVELWIJZER_VAR'], name)).st_mode & 0o777))"
        " for name in os.listdir(os.environ['WERVELWIJZER_VAR'])]"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=surroundings(var, {}), capture_output=True, text=True, check=True
    )
    names, *modes = done.stdout.splitlines()
    assert names.split() == ["secret_key", *(f"wervelwijzer.sqlite3{end}" for end in ("", "-shm", "-wal"))]
    assert set(modes) == {"0o600"}
    assert mode(var) == 0o700


def test_a_database_that_all_could_read_is_closed_and_its_directory_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for name in ("wervelwijzer.sqlite3", "wervelwijzer.sqlite3-wal"):
        (tmp_path / name).touch(mode=0o644)
    setting(tmp_path, "DEBUG")
    assert mode(tmp_path / "wervelwijzer.sqlite3") == 0o600
    assert mode(tmp_path) == 0o755


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_database_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "wervelwijzer.sqlite3").touch(mode=0o400)
    assert manage(tmp_path, "migrate").stderr == (
        f"WERVELWIJZER_VAR leads to {tmp_path}/wervelwijzer.sqlite3, which cannot be used: it cannot be written to.\n"
    )


def free_port(port: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "scripts/free_port.py", str(port)], cwd=ROOT, capture_output=True, text=True)


def test_a_port_that_is_taken_is_said_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert free_port(port).stderr == (
            f"Port {port} is in use, perhaps by another `make run`. Take another one: make run PORT=8001\n"
        )
    free = free_port(port)
    assert (free.returncode, free.stderr) == (0, "")


@pytest.mark.parametrize("port", ["", "abc", "99999", "-1"])
def test_what_is_no_port_is_said(port: str) -> None:
    assert free_port(port).stderr == f"PORT={port} is no port: take a number from 1024 to 65535.\n"


def test_two_makes_at_once_wait_for_each_other(tmp_path: Path) -> None:
    log = tmp_path / "log"
    script = "echo begin >> $0; sleep 0.5; echo end >> $0"
    command = [sys.executable, "scripts/one_at_a_time.py", "sh", "-c", script, str(log)]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=30)[1] for process in both]
    assert log.read_text().split() == ["begin", "end"] * 2
    assert sorted(said) == ["", "Another make is at work in this folder; waiting for it.\n"]


def test_what_runs_alone_keeps_its_exit_status() -> None:
    command = [sys.executable, "scripts/one_at_a_time.py", "sh", "-c", "exit 7"]
    assert subprocess.run(command, cwd=ROOT).returncode == 7


def test_mail_goes_into_a_folder_in_the_demo_alone_and_where_it_is_told_to_everywhere(tmp_path: Path) -> None:
    folder, console = "filebased.EmailBackend", "console.EmailBackend"
    assert setting(tmp_path, "EMAIL_BACKEND", WERVELWIJZER_DEMO="1").endswith(folder)
    assert setting(tmp_path, "EMAIL_FILE_PATH", WERVELWIJZER_DEMO="1") == str(tmp_path / "mail")
    assert setting(tmp_path, "EMAIL_BACKEND").endswith(console)
    told = {"EMAIL_URL": "smtp+tls://name:word@mail.example.org:587", "WERVELWIJZER_DEMO": "1"}
    assert setting(tmp_path, "EMAIL_BACKEND", **told).endswith("smtp.EmailBackend")
    assert setting(tmp_path, "EMAIL_USE_TLS", **told) == "True"
    assert setting(tmp_path, "SITE_URL", WERVELWIJZER_URL="https://www.example.org/") == "https://www.example.org"
    assert setting(tmp_path, "SITE_URL") == ""
