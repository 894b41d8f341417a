"""A plan in words: until when the patient pays nothing, where it takes a turn, and what a change of it does."""

from collections.abc import Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement import Reason, law
from tracker.days import short_day
from tracker.models import Episode
from tracker.money import euros
from tracker.queries.answers import Payment
from tracker.queries.forecast import LAST_OF_THE_FIRST, Course, Forecast, YearAhead
from tracker.queries.replanned import Replanned
from tracker.queries.turns import Turn, turns


def named(payment: Payment, *, numbered: bool = True) -> str:
    """A planned session by its number and day: "session 12 on 3 Dec 2026"; by its day where numbers are of several."""
    words = {"number": payment.position, "day": short_day(payment.session.held_on)}
    if payment.position is None or not numbered:
        return _("the session on %(day)s") % words
    return _("session %(number)s on %(day)s") % words


def free_line(forecast: Forecast) -> str:
    """Until which session the patient pays nothing, or from which they pay; empty where nothing lies ahead."""
    if not forecast.ahead:
        return ""
    numbered = not forecast.is_of_several
    if forecast.pays_from is None:
        return _("By your plan you pay nothing, up to and including %(last)s.") % {
            "last": named(forecast.ahead[-1], numbered=numbered)
        }
    first, cents = named(forecast.pays_from, numbered=numbered), forecast.pays_from.out_of_pocket_cents
    pays = {"first": first, "amount": euros(cents)}
    if forecast.free_until is None:
        return _("By your plan you pay from %(first)s: %(amount)s.") % pays
    free = {"last": named(forecast.free_until, numbered=numbered)}
    return _("You pay nothing up to and including %(last)s. From %(first)s you pay: %(amount)s.") % (pays | free)


def turn_line(turn: Turn) -> str:
    """What changes on a day, to whoever reads it; for which operation or condition, where there is more than one."""
    said = {"package_ends": _package_ends, "twentieth": _twentieth, "first_basic": _first_basic}
    said |= {"new_year": _new_year, "term": _term_line}
    return _about(turn.episode, said[turn.kind](turn))


def _about(episode: Episode | None, line: str) -> str:
    """A line with what it is about before it, where that is to be named."""
    if episode is None:
        return line
    words = {"episode": capfirst(str(episode)), "day": short_day(episode.operated_on), "line": line}
    return _("%(episode)s, %(day)s: %(line)s") % words


def _package_ends(turn: Turn) -> str:
    assert turn.payment is not None
    words = {"session": named(turn.payment, numbered=turn.numbered), "year": turn.on.year}
    if _is_of_the_own_number(turn.payment, turn.year):
        return _("From %(session)s what the package of %(year)s pays of the first 20 is used up.") % words
    return _("From %(session)s the package of %(year)s is used up.") % words


def _is_of_the_own_number(payment: Payment, year: YearAhead | None) -> bool:
    """Whether the package has a number apart for the first 20, and it is this number that ends."""
    return year is not None and year.own_number and payment.reason == Reason.WITHIN_FIRST


def _twentieth(turn: Turn) -> str:
    return _("Number 20 is on %(day)s.") % {"day": short_day(turn.on)}


def _first_basic(turn: Turn) -> str:
    """The deductible is named only where it takes anything."""
    assert turn.payment is not None
    text = _("From %(session)s basic insurance pays.")
    if turn.payment.deductible_cents:
        text = _("From %(session)s basic insurance pays, and the deductible comes first.")
    return text % {"session": named(turn.payment)}


def _new_year(turn: Turn) -> str:
    """What the patient has of the two."""
    assert turn.year is not None
    text = _("On %(day)s package and deductible start anew.")
    if not turn.year.package_anew:
        text = _("On %(day)s the deductible starts anew.")
    if not turn.year.deductible_anew:
        text = _("On %(day)s the package starts anew.")
    return text % {"day": short_day(turn.on)}


def _term_line(turn: Turn) -> str:
    day = {"day": short_day(turn.on), "number": turn.sessions}
    if not turn.sessions:
        return _("%(day)s is the last day of the term; nothing is planned after it.") % day
    return (
        ngettext(
            "%(day)s is the last day of the term; %(number)s session is planned after it.",
            "%(day)s is the last day of the term; %(number)s sessions are planned after it.",
            turn.sessions,
        )
        % day
    )


def difference_line(replanned: Replanned, *, staff: bool = False) -> str:
    """What a change of the plan costs or saves."""
    cents = replanned.difference_cents
    amount = {"amount": euros(abs(cents))}
    if cents > 0:
        text = (
            _("By the plan the patient pays %(amount)s more.") if staff else _("By your plan you pay %(amount)s more.")
        )
    elif cents < 0:
        text = (
            _("By the plan the patient pays %(amount)s less.") if staff else _("By your plan you pay %(amount)s less.")
        )
    else:
        text = _("By the plan the patient pays the same.") if staff else _("By your plan you pay the same.")
    return text % amount


def next_line(replanned: Replanned) -> str:
    """The next turn of the plan as it then stands; empty where it takes none."""
    turn = replanned.next_turn
    return _("What changes next: %(turn)s") % {"turn": turn_line(turn)} if turn else ""


def passed_over(replanned: Replanned) -> list[str]:
    """The days that a series passes over, each named, and whether it comes next to what is on file.

    Nothing is left out in silence, and nothing is planned twice because two people plan.
    """
    said = []
    if replanned.left_out:
        days = ", ".join(f"{short_day(day)} ({name})" for day, name in sorted(replanned.left_out.items()))
        said.append(_("Left out, since it is a public holiday: %(days)s.") % {"days": days})
    if replanned.taken:
        days = ", ".join(map(short_day, replanned.taken))
        said.append(_("Left out, since something is planned on that day already: %(days)s.") % {"days": days})
    if replanned.beside:
        text = ngettext(
            "One of these sessions is a day before or after another one, planned or had: that of %(day)s."
            " Is that meant?",
            "%(number)s of these sessions are a day before or after another one, planned or had: the first on"
            " %(day)s. Is that meant?",
            len(replanned.beside),
        )
        said.append(text % {"number": len(replanned.beside), "day": short_day(replanned.beside[0])})
    return said


def after_the_term(replanned: Replanned) -> list[str]:
    """How many of what is planned come after the term of what they are for; nothing where none does."""
    added = {session.pk for session in replanned.sessions}
    said = []
    for course in replanned.after.courses:
        late = [one for one in course.after_the_term if one.session.pk in added]
        if course.last_day and late:
            text = ngettext(
                "%(number)s of these sessions is after %(day)s, the last day of the term.",
                "%(number)s of these sessions are after %(day)s, the last day of the term.",
                len(late),
            )
            said.append(text % {"number": len(late), "day": short_day(course.last_day)})
    return said


def without_a_package(replanned: Replanned, *, staff: bool = False) -> list[str]:
    """The years of what is planned whose insurance is not known: without a word the amounts would mislead."""
    told = {session.held_on.year for session in replanned.sessions}
    notes = [insurance_note(year, staff=staff) for year in replanned.after.years if year.year in told]
    return [note for note in notes if note]


def insurance_note(year: YearAhead, *, staff: bool = False) -> str:
    """That a year is reckoned without a package, since insurance or package is not known; empty where both are."""
    if not year.policy_known:
        text = (
            _("The insurance of %(year)s is not filled in: reckoned without a package.")
            if staff
            else _("Your insurance of %(year)s is not filled in: reckoned without a package.")
        )
    elif year.package_unknown:
        text = (
            _("The package of %(year)s is not known: reckoned without one.")
            if staff
            else _("Your package of %(year)s is not known: reckoned without one.")
        )
    else:
        return ""
    return text % {"year": year.year}


def foreseen(forecast: Forecast) -> list[str]:
    """When the 20th will be had, when the package runs out, and what else the plan meets, in order of day."""
    if not forecast.planned:
        return []
    said = [
        _about(course.episode if forecast.is_of_several else None, line)
        for course in forecast.courses
        if (line := _twenty_line(course))
    ]
    said += [line for line in [_package_line(forecast)] if line]
    return said + [turn_line(turn) for turn in turns(forecast)]


def _twenty_line(course: Course) -> str:
    """Where number 20 is not in the plan: whether it was had, or how far the plan goes."""
    if course.twentieth is not None:
        return ""
    first = course.planned[0]
    if first.reason == Reason.AFTER_FIRST and (first.position or 0) > LAST_OF_THE_FIRST:
        return _("You have had number 20 already.")
    within = [payment.position for payment in course.planned if payment.reason == Reason.WITHIN_FIRST]
    numbers = [number for number in within if number is not None]
    return _("Your plan goes up to number %(number)s, so not up to 20.") % {"number": numbers[-1]} if numbers else ""


def _package_line(forecast: Forecast) -> str:
    """Where the package does not run out ahead: whether it has run out, or is enough."""
    first = forecast.planned[0]
    if forecast.used_up and forecast.used_up[0] is first:
        words = {"year": first.session.held_on.year}
        if _is_of_the_own_number(first, next(year for year in forecast.years if year.year == words["year"])):
            return _("What your package of %(year)s pays of the first 20 sessions is used up.") % words
        return _("Your package of %(year)s is used up.") % words
    if not forecast.used_up and forecast.costs.supplementary_cents:
        return _("Your package is enough for what is planned.")
    return ""


def year_notes(year: YearAhead) -> list[str]:
    """What to know about a year's amount: the range of the readings, no policy, a deductible that is not law yet."""
    words = {
        "year": year.year,
        "least": euros(year.least_cents),
        "most": euros(year.most_cents),
    }
    notes = []
    if year.readings_differ:
        notes.append(
            _("Between %(least)s and %(most)s: it depends on the day from which your insurer counts the term.") % words
        )
    if year.costs.sessions and (note := insurance_note(year)):
        notes.append(note)
    if note := deductible_note(year):
        notes.append(note)
    return notes


def deductible_note(year: YearAhead) -> str:
    """That the deductible in a year's amount is the last known one; empty where it is law, or none is drawn."""
    return _deductible_note(year.year) if year.costs.deductible_cents else ""


def deductible_notes(payments: Iterable[Payment]) -> list[str]:
    """The same of each calendar year that these sessions draw a deductible in."""
    years = {payment.session.held_on.year for payment in payments if payment.deductible_cents}
    return [note for note in map(_deductible_note, sorted(years)) if note]


def _deductible_note(year: int) -> str:
    deductible = law.compulsory_deductible(year)
    if deductible.enacted:
        return ""
    words = {"year": year, "amount": euros(deductible.cents)}
    return _("The compulsory deductible of %(year)s is not fixed by law yet: reckoned with %(amount)s.") % words


def price_note(year: int) -> str:
    """That a year's prices are not known yet."""
    return _("Prices of %(year)s are not known yet: reckoned at this year's price.") % {"year": year}
