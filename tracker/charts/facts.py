"""What a year line shows, before it has a shape: its days, its sessions, and the rows of its table."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reimbursement.arrays import Reason, Status
from tracker.charts.payers import PAYERS
from tracker.charts.shapes import EventKind, MarkKind
from tracker.days import short_day
from tracker.models.care import Regime
from tracker.money import euros
from tracker.queries.answers import PatientYear, Payment, Steps, Term

DAY = dt.timedelta(days=1)
SIX_WEEKS = dt.timedelta(weeks=6)
#: How much of an open-ended treatment fits in one picture.
MOST_MONTHS = 26
#: How far ahead the line goes where no term ends it.
AHEAD = dt.timedelta(days=60)

KINDS: dict[int, MarkKind] = {Status.ATTENDED: "attended", Status.PLANNED: "planned", Status.NO_SHOW: "no_show"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that matters."""

    day: dt.date
    text: str
    kind: EventKind


@dataclass(frozen=True, slots=True)
class Facts:
    """What to draw; `begins_on` and `ends_on` are first days of months, the last not included."""

    on: dt.date
    begins_on: dt.date
    ends_on: dt.date
    opens_on: dt.date
    closes_on: dt.date
    payments: list[Payment]
    earlier: int
    numbered: set[int]
    moments: list[Moment]
    term: Term | None
    steps: list[Steps]
    episode_pk: int | None

    def is_other(self, payment: Payment) -> bool:
        """Whether the session is for another complaint than the operation of this line."""
        return self.episode_pk is not None and payment.session.episode_id != self.episode_pk


def month_after(day: dt.date, months: int = 1) -> dt.date:
    """The first day of the month that lies so many months after that of the day."""
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def facts(year: PatientYear) -> Facts:
    """Choose the days and the sessions; cancelled sessions are left out."""
    shown = [payment for payment in year.payments if payment.session.status in KINDS]
    opens_on, closes_on = _span(year, shown)
    begins_on = max(month_after(opens_on, 0), month_after(closes_on, 1 - MOST_MONTHS))
    inside = [payment for payment in shown if payment.session.held_on >= max(begins_on, _since(year))]
    result = Facts(
        on=year.on,
        begins_on=begins_on,
        ends_on=month_after(closes_on),
        opens_on=opens_on,
        closes_on=closes_on,
        payments=inside,
        earlier=len([payment for payment in shown if _since(year) <= payment.session.held_on < begins_on]),
        numbered=set(),
        moments=[moment for moment in _moments(year) if begins_on <= moment.day < month_after(closes_on)],
        term=year.term,
        steps=year.steps,
        episode_pk=year.episode.pk if year.episode else None,
    )
    result.numbered.update(_numbered(result))
    result.moments.extend(_new_years(result))
    return result


def _since(year: PatientYear) -> dt.date:
    """From which day sessions belong on the line: the operation's, or the first there is."""
    return year.episode.operated_on if year.episode else dt.date.min


def _span(year: PatientYear, shown: list[Payment]) -> tuple[dt.date, dt.date]:
    """The first and the last day of the line: from the operation to the end of the term, or a calendar year."""
    held = [payment.session.held_on for payment in shown if payment.session.held_on >= _since(year)]
    if year.episode is None:
        return min([*held, dt.date(year.on.year, 1, 1)]), max([*held, dt.date(year.on.year, 12, 31)])
    opens_on = year.episode.operated_on
    if year.term and year.term.latest_end:
        return opens_on, max([*held, year.term.latest_end - DAY, min(year.on, year.term.latest_end + AHEAD)])
    return opens_on, max([*held, year.on + AHEAD])


def _moments(year: PatientYear) -> list[Moment]:
    moments = [Moment(year.on, _("today"), "today")]
    if year.episode:
        operated_on = year.episode.operated_on
        moments.append(Moment(operated_on, _("operation"), "operation"))
        if year.episode.regime == Regime.SURGERY:
            moments.append(Moment(operated_on + SIX_WEEKS, _("week 6"), "week_six"))
    if year.term and year.term.last_day:
        text = _("to %(day)s") % {"day": short_day(year.term.last_day)}
        moments.append(Moment(year.term.last_day, text, "end"))
    return moments


def _new_years(facts: Facts) -> list[Moment]:
    years = range(facts.begins_on.year + 1, (facts.ends_on - DAY).year + 1)
    return [Moment(dt.date(year, 1, 1), str(year), "new_year") for year in years]


def _numbered(facts: Facts) -> set[int]:
    """Which of the payments, by place, show their number: the first, the package's last, and the step to basic care."""
    own = [(place, p) for place, p in enumerate(facts.payments) if p.position and not facts.is_other(p)]
    paid = [place for place, p in own if p.reason == Reason.WITHIN_FIRST and p.supplementary_cents]
    within = [place for place, p in own if p.reason == Reason.WITHIN_FIRST]
    after = [place for place, p in own if p.reason == Reason.AFTER_FIRST]
    chosen = {own[0][0]} if own else set()
    chosen.update(place for place in paid if _runs_out(facts.payments, place, own))
    chosen.update(after[:1])
    if after and within:
        chosen.add(within[-1])
    return chosen


def _runs_out(payments: list[Payment], place: int, own: list[tuple[int, Payment]]) -> bool:
    """Whether the package pays nothing of the next session of the first ones."""
    following = next((p for later, p in own if later > place), None)
    return following is not None and following.reason == Reason.WITHIN_FIRST and not following.supplementary_cents


def title(payment: Payment) -> str:
    """A session in one line, for who points at its mark."""
    session = payment.session
    words = {"number": payment.position, "day": short_day(session.held_on)}
    name = _("Session %(number)s, %(day)s") % words if payment.position else _("Session on %(day)s") % words
    if session.status == Status.NO_SHOW:
        name = _("Not there, %(day)s") % words
    if session.status == Status.PLANNED:
        name = _("Planned: %(session)s") % {"session": name[:1].lower() + name[1:]}
    paid = {"session": name, "payer": PAYERS[payment.letter], "amount": euros(payment.out_of_pocket_cents)}
    return _("%(session)s: %(payer)s, you pay %(amount)s") % paid


def saved_id(payment: Payment) -> uuid.UUID | None:
    """The id of a session that has a page of its own."""
    return None if payment.session._state.adding else payment.session.client_id
