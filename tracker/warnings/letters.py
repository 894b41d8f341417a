"""The warnings by e-mail: one plain letter with all that is new, to who wants it.

A letter names no practice, no diagnosis, no treatment and nobody: docs/mail.md says why.
"""

import datetime as dt
import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tracker.models import Patient
from tracker.operations import note_sent
from tracker.queries.mail import stop_token, to_mail, told_by_mail

from . import warnings_for
from .cost_warning import CostWarning

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters went out, and how many could not be sent."""

    letters: int
    failed: int


class AlreadySendingError(Exception):
    """Somebody else sends the letters at this moment."""


def send_letters(*, on: dt.date) -> Sent:
    """Send every patient who wants it what they were not told yet, and note it once it was sent.

    One that cannot be sent does not stop the others: it is logged without the address, and tried again next time.
    Raises `AlreadySendingError` where another process or thread sends them just now.
    """
    with _alone():
        outcomes = [_send(patient, on=on) for patient in _wanting()]
    return Sent(outcomes.count(True), outcomes.count(False))


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would tell the same twice. The lock ends with its process, however that ends."""
    with open(settings.VAR_DIR / "send_warnings.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadySendingError from None
        yield


def _wanting() -> Iterator[Patient]:
    """Each as they are when it is their turn: who stops the mails or moves to another address meanwhile did so."""
    for pk in list(to_mail().values_list("pk", flat=True)):
        yield from to_mail().filter(pk=pk)


def _send(patient: Patient, *, on: dt.date) -> bool | None:
    """Whether a letter went out; None where there is nothing new to tell."""
    try:
        with translation.override(patient.language or "nl"):
            new = _new(patient, on=on)
            if not new:
                return None
            letter(patient, new).send()
        note_sent(patient=patient, sent=[(one.kind, one.cause) for one in new])
    except Exception as error:
        logger.error("No mail to patient %s: %s", patient.uid, type(error).__name__)
        return False
    return True


def _new(patient: Patient, *, on: dt.date) -> list[CostWarning]:
    told = told_by_mail(patient)
    return [one for one in warnings_for(patient, on=on) if (one.kind, one.cause) not in told]


def letter(patient: Patient, new: list[CostWarning]) -> EmailMessage:
    """The mail in the active language; mail programs find in its head how it is stopped (RFC 8058)."""
    assert patient.user is not None
    stop = _address(reverse("stop_mail", args=[stop_token(patient)]))
    words = {"warnings": new, "read": _address(reverse("patient:warnings")), "stop": stop}
    return EmailMessage(
        subject=" ".join(render_to_string("mail/warnings_subject.txt", words).split()),
        body=render_to_string("mail/warnings.txt", words),
        to=[patient.user.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
