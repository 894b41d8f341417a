"""What a deed did to other sessions: recalculating a patient, and saying which answers changed, planned ones too."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.core.exceptions import PermissionDenied

from reimbursement.arrays import Ints
from tracker.models import ChangedBill, Patient, Session
from tracker.models.people import today
from tracker.queries.aftermath import Aftermath, BeforeAndAfter, Standing, aftermath, standing
from tracker.queries.answers import Change, Payment
from tracker.queries.differences import COLUMNS, Difference, held_against
from tracker.queries.engine_input import Scope
from tracker.queries.payments import from_numbers, payment_of
from tracker.queries.replanned import Replanned

from .planned_prices import take_prices_of_their_dates
from .recalculate import write


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session as it now stands, who pays for it, and the other sessions whose payers changed because of it.

    `created` is False where nothing was done: the same client id came in again, or the entry on file was kept.
    `took_place_of` is the day of the planned session whose place it took, where nobody had pointed at that day.
    `replanned` is what it does to the costs of the plan, where a planned session was changed.
    """

    session: Session
    payment: Payment
    changes: list[Change]
    created: bool
    took_place_of: dt.date | None = None
    replanned: Replanned | None = None


def lock_patient(patient: Patient) -> None:
    """Let others who write about this patient wait until this transaction ends. Raises if the patient is gone.

    Before the deed, what is planned takes the prices listed by now: what the deed says it changes is its own doing.
    """
    if not Patient.objects.select_for_update().filter(pk=patient.pk).values_list("pk").first():
        raise PermissionDenied
    take_prices_of_their_dates([patient.pk])


def lock_and_read(patient: Patient, *, on: dt.date | None = None) -> Standing:
    """The same, and how the patient's sessions stand till now, for `changes` to tell what the deed did to them.

    `on` is the day from which planned sessions count (today if left out).
    """
    lock_patient(patient)
    return standing(patient, on=on or today())


def recorded(session: Session, before: Standing) -> Recorded:
    """Recalculate the session's patient and say what came of it."""
    after = aftermath(before, session)
    assert after.itself is not None
    return Recorded(session, after.itself, _written(after, before, besides=session), created=True)


def unchanged(session: Session) -> Recorded:
    """The session as it stands; nothing was done."""
    return Recorded(session, payment_of(session), [], created=False)


def changes(before: Standing) -> list[Change]:
    """Recalculate the patient; the sessions whose payers changed, stored and planned ones, in order.

    Of those whose bill was handed in it is noted what the patient paid by that bill, and pays now.
    """
    return _written(aftermath(before), before)


def _written(after: Aftermath, before: Standing, *, besides: Session | None = None) -> list[Change]:
    """What is stored brought up to date, and the changes of other sessions."""
    stored = _stored(write(held_against(after.given, after.to_store, Scope.some([before.patient.pk]))))
    changed = stored | after.expected
    if besides is not None:
        changed.pop(besides.pk, None)
    found = _named(changed)
    _note_changed_bills((change for change in found if change.after.session.pk in stored), on=before.on)
    return found


def _stored(difference: Difference) -> dict[int, BeforeAndAfter]:
    """The stored sessions (by id) whose allocation changed, with its numbers before and after."""
    rows = np.flatnonzero(difference.had & difference.wants).tolist()
    return {
        int(difference.session_ids[row]): (_numbers(difference.stored[row]), _numbers(difference.computed[row]))
        for row in rows
    }


def _numbers(row: Ints) -> dict[str, int]:
    numbers = dict(zip(COLUMNS, row.tolist(), strict=True))
    del numbers["charge_cents"]
    return numbers


def _named(changed: dict[int, BeforeAndAfter]) -> list[Change]:
    """The changes with their sessions, in order. One query; none where nothing changed."""
    if not changed:
        return []
    return [
        Change(*(from_numbers(session, **numbers) for numbers in changed[session.pk]))
        for session in Session.objects.filter(pk__in=changed).in_order()
    ]


def _note_changed_bills(stored: Iterable[Change], *, on: dt.date) -> None:
    ChangedBill.objects.bulk_create(
        ChangedBill(
            session=change.after.session,
            before_cents=change.before.out_of_pocket_cents,
            after_cents=change.after.out_of_pocket_cents,
            changed_on=on,
        )
        for change in stored
        if change.difference_cents and change.after.session.handed_in_on is not None
    )
