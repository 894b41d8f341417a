"""The mails that the demo put into its folder instead of sending them."""

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

#: What Django's backend writes after each message of a file.
END = b"\n" + b"-" * 79
#: So many are shown, the newest first.
MOST = 20


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it would have been read."""

    to: str
    subject: str
    sent_at: dt.datetime | None
    text: str


def mails() -> list[Mail]:
    """The newest mails of the folder; none where mail goes elsewhere."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not folder or not Path(folder).is_dir():
        return []
    files = sorted(Path(folder).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [mail for file in files[:MOST] for mail in _mails_in(file)][:MOST]


def _mails_in(file: Path) -> Iterator[Mail]:
    for part in file.read_bytes().split(END):
        if not part.strip():
            continue
        message = email.message_from_bytes(part.lstrip(), policy=email.policy.default)
        body = message.get_body(("plain",))
        yield Mail(
            to=str(message["To"] or ""),
            subject=str(message["Subject"] or ""),
            sent_at=_sent_at(message["Date"]),
            text=body.get_content() if body else "",
        )


def _sent_at(header: Any) -> dt.datetime | None:
    """The time of a Date header; -0000 is UTC without a place."""
    sent_at = header.datetime if header else None
    return sent_at.replace(tzinfo=sent_at.tzinfo or dt.UTC) if sent_at else None
