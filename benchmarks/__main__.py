"""`python -m benchmarks`: time the engine, the files and the app; print the tables and write docs/benchmarks.md.

Takes some minutes. Slow results end it with 0; unequal answers with a traceback, and then nothing is written.
"""

from pathlib import Path

from . import app, engine, files
from .report import document

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main() -> None:
    text = document([engine.measure(), files.measure(), *app.measure()])
    print(text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
