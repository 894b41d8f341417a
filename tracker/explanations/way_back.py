"""The year after the operation in our own words, by the hospital's leaflet; it gives no medical advice of its own."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.days import later, short_day

SOURCE = "St. Antonius Ziekenhuis, “Fysiotherapie na vastzetten rugwervels (spondylodese)”, FYS 110-AD, 16-03-2026"
DAY = dt.timedelta(days=1)

When = Literal["past", "now", "ahead", "unknown"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the way: when it is, what the leaflet says of it, and what it means for the money."""

    title: str
    period: str
    when: When
    facts: list[str]
    money: str


def stages(operated_on: dt.date | None, last_day: dt.date | None, *, on: dt.date) -> list[Stage]:
    """The parts in order; without the day of the operation none has a day. `last_day` is the last of the term."""
    spans = _spans(operated_on, last_day)
    return [
        Stage(title, _period(since, until), _when(since, until, on), facts, money)
        for (title, facts, money), (since, until) in zip(_parts(), spans, strict=True)
    ]


def standing(operated_on: dt.date | None, *, on: dt.date) -> str:
    """Where somebody is on the way."""
    if operated_on is None:
        return _("When was your operation? That is not filled in yet.")
    if on < operated_on:
        return _("Your operation is on %(day)s.") % {"day": short_day(operated_on)}
    weeks = (on - operated_on).days // 7
    if weeks == 0:
        return _("This is the first week after your operation.")
    text = ngettext("It is %(weeks)s week since your operation.", "It is %(weeks)s weeks since your operation.", weeks)
    return text % {"weeks": weeks}


Span = tuple[dt.date | None, dt.date | None]


def _spans(operated_on: dt.date | None, last_day: dt.date | None) -> list[Span]:
    """By part its first and last day."""
    if operated_on is None:
        return [(None, None)] * len(_parts())
    week, six_weeks = later(operated_on, days=7), later(operated_on, days=42)
    year = last_day or later(operated_on, days=364)
    return [(operated_on, week - DAY), (week, six_weeks - DAY), (six_weeks, year - DAY), (year, year)]


def _period(since: dt.date | None, until: dt.date | None) -> str:
    if since is None or until is None:
        return ""
    if since == until:
        return short_day(since)
    return _("%(since)s to %(until)s") % {"since": short_day(since), "until": short_day(until)}


def _when(since: dt.date | None, until: dt.date | None, on: dt.date) -> When:
    if since is None or until is None:
        return "unknown"
    if on < since:
        return "ahead"
    return "now" if on <= until else "past"


def _parts() -> list[tuple[str, list[str], str]]:
    return [
        (
            _("Hospital and the first week"),
            [
                _("A hospital physiotherapist helps you turn over, sit up and walk, and with stairs if you need them."),
                _("You get out of bed on the day itself. In the first days you sit for a quarter of an hour at most."),
                _("Of each hour at most half is for light activity; the rest of it you rest."),
                _("You take two letters home: a hand-over for your physiotherapist, and a referral."),
            ],
            _("Keep the referral: without it basic insurance can refuse from session 21."),
        ),
        (
            _("Up to week 6"),
            [
                _("The wound heals. You walk every day, a little further each time, and pick up daily life."),
                _("You lift 1 to 2 kilos at most. Vacuuming, mopping, gardening and sport wait."),
                _("You build up sitting slowly, to two hours at a stretch at most. In a car you are a passenger."),
                _("Physiotherapy is usually light in these weeks."),
            ],
            _("Some insurers ask questions where the first session is later than three months after going home."),
        ),
        (
            _("From week 6"),
            [
                _("Heavier work, sport and strength training begin gently, with your physiotherapist."),
                _("You build up your condition and the movements of your day."),
                _("You may drive again. Look at the conditions of your car insurance first."),
            ],
            _("Most sessions fall in these months, and with them most of the costs."),
        ),
        (
            _("One year after the operation"),
            [_("The leaflet counts until here: up to a year after the operation basic insurance usually pays.")],
            _("After this day sessions are for your package or for you."),
        ),
    ]
