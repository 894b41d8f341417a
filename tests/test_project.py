"""What a healthy project keeps true of its own files."""

import gettext
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
DUTCH = Path("locale/nl/LC_MESSAGES")


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=True, timeout=120
    )


def catalogue(path: Path) -> dict[object, str]:
    """The messages of a compiled file, the header apart."""
    with path.open("rb") as file:
        messages: dict[object, str] = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    messages.pop("", None)
    return messages


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements/*")), ids=lambda path: path.name)
def test_no_requirements_file_records_where_packages_came_from(path: Path) -> None:
    assert not re.search(r"https?:|file:|index-url|find-links", path.read_text())


def test_no_lock_file_records_where_packages_came_from() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
    assert not list(ROOT.glob("uv.lock")) + list(ROOT.glob("pylock*.toml"))


def test_every_pinned_requirement_has_its_hash() -> None:
    for name in ("base", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text()
        pins = re.findall(r"^[\w.\[\]-]+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)


def test_the_compiled_messages_are_those_of_the_text(tmp_path: Path) -> None:
    run("msgfmt", "--check-format", "-o", str(tmp_path / "django.mo"), str(DUTCH / "django.po"))
    assert catalogue(tmp_path / "django.mo") == catalogue(ROOT / DUTCH / "django.mo")


def test_every_message_of_code_and_templates_has_its_dutch(tmp_path: Path) -> None:
    for name in ("config", "reimbursement", "tracker", "templates", "locale"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "manage.py", tmp_path)
    run(sys.executable, "manage.py", "makemessages", "--locale", "nl", "--no-location", cwd=tmp_path)
    for flag in ("--untranslated", "--only-fuzzy"):
        left = run("msgattrib", flag, "--no-obsolete", str(tmp_path / DUTCH / "django.po")).stdout
        assert re.findall(r'^msgid "(.+)"', left, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["bootstrap.min.css", "bootstrap.min.css.map"])
def test_the_vendored_files_are_those_of_the_package(name: str) -> None:
    package = ROOT / "node_modules/bootstrap"
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]["bootstrap"]
    assert json.loads((package / "package.json").read_text())["version"] == wanted
    assert (ROOT / "static/vendor/bootstrap" / name).read_bytes() == (package / "dist/css" / name).read_bytes()


def test_the_library_imports_neither_django_nor_the_app() -> None:
    script = "import sys, reimbursement, reimbursement.__main__; print(*sys.modules)"
    loaded = run(sys.executable, "-c", script).stdout.split()
    assert not {name.split(".")[0] for name in loaded} & {"django", "tracker"}


@pytest.mark.django_db
def test_the_models_have_their_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_missing_secret_key_is_made_once_and_kept_beside_the_database(tmp_path: Path) -> None:
    script = "from config import settings; print(settings.SECRET_KEY, settings.DEBUG, settings.DEMO)"
    settings = {"WERVELWIJZER_VAR": str(tmp_path), "DJANGO_SECRET_KEY": "", "WERVELWIJZER_DEMO": ""}
    first, second = (run(sys.executable, "-c", script, **settings).stdout for _ in range(2))
    assert first == second
    assert first.endswith(" False False\n")
    assert len(first.split()[0]) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_the_readme_shows_pictures_and_names_files_that_are_there() -> None:
    text = (ROOT / "README.md").read_text()
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert "docs/year-line.png" in links
    assert all((ROOT / link).exists() for link in links if "://" not in link)
