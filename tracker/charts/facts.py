"""What a year line shows, before it has a shape: its days, its sessions, and the rows of its table."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reimbursement.arrays import Reason, Status
from tracker.charts.payers import PAYERS
from tracker.charts.shapes import EventKind, MarkKind
from tracker.days import later, short_day, short_month
from tracker.models import Episode
from tracker.money import euros
from tracker.queries.answers import Care, PatientYear, Payment, Steps, Term, is_operation

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
DAYS_OF_SIX_WEEKS = 42
#: How much of an open-ended treatment fits in one picture.
MOST_MONTHS = 26
#: How far ahead the line goes where no term ends it.
DAYS_AHEAD = 60
#: Later than anything that can be planned, and than the term of any operation that can be told of: a mistyped year.
MOST_AHEAD = dt.timedelta(days=3 * 366)

KINDS: dict[int, MarkKind] = {Status.ATTENDED: "attended", Status.PLANNED: "planned", Status.NO_SHOW: "no_show"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that matters."""

    day: dt.date
    text: str
    kind: EventKind


@dataclass(frozen=True, slots=True)
class Facts:
    """What to draw; `begins_on` and `ends_on` are first days of months, the last not included.

    `earlier` and `later` count the sessions before and after the line: with those on it they are all that were not
    cancelled. `quiet` are the Mondays of weeks without a session, between the first that was had and today.
    """

    on: dt.date
    begins_on: dt.date
    ends_on: dt.date
    opens_on: dt.date
    closes_on: dt.date
    payments: list[Payment]
    earlier: int
    later: int
    numbered: set[int]
    moments: list[Moment]
    quiet: list[dt.date]
    care: Care | None
    steps: list[Steps]

    @property
    def term(self) -> Term | None:
        return self.care.term if self.care else None

    def other_of(self, payment: Payment) -> str:
        """What else a session is for; nothing where it is for what this line is about."""
        return other_than(self.care, payment.session.episode)


def other_than(care: Care | None, episode: Episode | None) -> str:
    """Another operation or condition by its day, or another complaint; nothing for the same, or without one."""
    if care is None or episode == care.episode:
        return ""
    if episode is None:
        return _("another complaint")
    day = {"day": short_day(episode.operated_on)}
    if is_operation(episode):
        return _("other operation, of %(day)s") % day
    return _("other condition, since %(day)s") % day


def month_after(day: dt.date, months: int = 1) -> dt.date:
    """The first day of the month that lies so many months after that of the day."""
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def facts(year: PatientYear) -> Facts:
    """Choose the days and the sessions; cancelled sessions are left out."""
    shown = [payment for payment in year.payments if payment.session.status in KINDS]
    opens_on, closes_on = _span(year, shown)
    begins_on = max(month_after(opens_on, 0), month_after(closes_on, 1 - MOST_MONTHS))
    ends_on = month_after(closes_on)
    listed = [payment for payment in shown if payment.session.held_on < ends_on]
    inside = [payment for payment in listed if payment.session.held_on >= max(begins_on, _since(year))]
    result = Facts(
        on=year.on,
        begins_on=begins_on,
        ends_on=ends_on,
        opens_on=opens_on,
        closes_on=closes_on,
        payments=inside,
        earlier=len(listed) - len(inside),
        later=len(shown) - len(listed),
        numbered=set(),
        moments=[moment for moment in _moments(year) if begins_on <= moment.day < ends_on],
        quiet=_quiet(inside, on=year.on),
        care=year.care,
        steps=year.steps,
    )
    result.numbered.update(_numbered(result))
    result.moments.extend(_new_years(result))
    return result


def _since(year: PatientYear) -> dt.date:
    """From which day sessions belong on the line: the operation's, or the first there is."""
    return year.care.episode.operated_on if year.care else dt.date.min


def _span(year: PatientYear, shown: list[Payment]) -> tuple[dt.date, dt.date]:
    """The first and the last day of the line: from the operation to the end of the term, or a calendar year."""
    latest = year.on + MOST_AHEAD
    opens_on, closes_on = _whole_span(year, [day for day in _days(shown) if _since(year) <= day <= latest])
    return min(opens_on, latest), min(closes_on, latest)


def _days(shown: list[Payment]) -> list[dt.date]:
    return [payment.session.held_on for payment in shown]


def _whole_span(year: PatientYear, held: list[dt.date]) -> tuple[dt.date, dt.date]:
    if year.care is None:
        return min([*held, dt.date(year.on.year, 1, 1)]), max([*held, dt.date(year.on.year, 12, 31)])
    opens_on, latest_end = year.care.episode.operated_on, year.care.term.latest_end
    if latest_end:
        return opens_on, max([*held, latest_end - DAY, min(year.on, later(latest_end, days=DAYS_AHEAD))])
    return opens_on, max([*held, later(year.on, days=DAYS_AHEAD)])


def _moments(year: PatientYear) -> list[Moment]:
    return [Moment(year.on, _("today"), "today"), *(_moments_of(year.care) if year.care else ())]


def _moments_of(care: Care) -> list[Moment]:
    began_on, last_day = care.episode.operated_on, care.term.last_day
    moments = [Moment(began_on, _("operation") if care.is_operation else _("beginning"), "operation")]
    if care.is_operation:
        moments.append(Moment(later(began_on, days=DAYS_OF_SIX_WEEKS), _("week 6"), "week_six"))
    if last_day:
        moments.append(Moment(last_day, _("to %(day)s") % {"day": short_day(last_day)}, "end"))
    moments += [
        Moment(day, _("or to %(day)s") % {"day": f"{day.day} {short_month(day)}"}, "reading")
        for day in other_last_days(care.term)
    ]
    return moments


def other_last_days(term: Term) -> list[dt.date]:
    """The last days of the term in the other readings of the day it counts from."""
    return sorted({end - DAY for end in term.ends_by_reading.values() if end != term.ends_on})


def _quiet(payments: list[Payment], *, on: dt.date) -> list[dt.date]:
    """The Mondays of the weeks without a session, from the first that was had up to this week."""
    had = [payment.session.held_on for payment in payments if payment.session.status != Status.PLANNED]
    if not had:
        return []
    busy = {monday(payment.session.held_on) for payment in payments}
    weeks = range((monday(on) - monday(min(had))).days // 7)
    return [week for week in (monday(min(had)) + n * WEEK for n in weeks) if week not in busy]


def monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _new_years(facts: Facts) -> list[Moment]:
    years = range(facts.begins_on.year + 1, (facts.ends_on - DAY).year + 1)
    return [Moment(dt.date(year, 1, 1), str(year), "new_year") for year in years]


def _numbered(facts: Facts) -> set[int]:
    """Which of the payments, by place, show their number: the first, the package's last, and the step to basic care.

    The last that is not basic care shows it where there is no step, too.
    """
    own = [(place, p) for place, p in enumerate(facts.payments) if p.position and not facts.other_of(p)]
    paid = [place for place, p in own if p.reason == Reason.WITHIN_FIRST and p.supplementary_cents]
    within = [place for place, p in own if p.reason == Reason.WITHIN_FIRST]
    after = [place for place, p in own if p.reason == Reason.AFTER_FIRST]
    chosen = {own[0][0]} if own else set()
    chosen.update(place for place in paid if _runs_out(facts.payments, place, own))
    chosen.update(after[:1])
    chosen.update(place for place, p in own if place in within and p.position == _last_of_the_first(facts.care))
    if after and within:
        chosen.add(within[-1])
    return chosen


def _last_of_the_first(care: Care | None) -> int | None:
    return care.first_sessions if care else None


def _runs_out(payments: list[Payment], place: int, own: list[tuple[int, Payment]]) -> bool:
    """Whether the package pays nothing of the next session of the first ones."""
    following = next((p for later, p in own if later > place), None)
    return following is not None and following.reason == Reason.WITHIN_FIRST and not following.supplementary_cents


def title(payment: Payment, other: str) -> str:
    """A session in one line, for who points at its mark; `other` is what else it is for."""
    session = payment.session
    words = {"number": payment.position, "day": short_day(session.held_on)}
    name = _("Session %(number)s, %(day)s") % words if payment.position else _("Session on %(day)s") % words
    if session.status == Status.NO_SHOW:
        name = _("Not there, %(day)s") % words
    if session.status == Status.PLANNED:
        name = _("Planned: %(session)s") % {"session": name[:1].lower() + name[1:]}
    name = f"{name} ({other})" if other else name
    paid = {"session": name, "payer": PAYERS[payment.letter], "amount": euros(payment.out_of_pocket_cents)}
    return _("%(session)s: %(payer)s, you pay %(amount)s") % paid


def saved_id(payment: Payment) -> uuid.UUID | None:
    """The id of a session that has a page of its own."""
    return None if payment.session._state.adding else payment.session.client_id
