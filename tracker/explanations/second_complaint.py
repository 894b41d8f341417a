"""The same complaint or a new one, in words that fit what runs and what is new; and the question to the insurer."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reimbursement import law
from tracker.days import short_day
from tracker.models import Episode
from tracker.models.care import Regime

#: What somebody has, in a sentence of theirs.
CONDITIONS = {
    Regime.CHRONIC.value: gettext_lazy("a condition of Appendix 1 without an end"),
    Regime.ARTHROSIS.value: gettext_lazy("arthrosis of hip or knee"),
    Regime.CLAUDICATION.value: gettext_lazy("claudication"),
    Regime.INCONTINENCE.value: gettext_lazy("incontinence"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says of what `runs` (empty where nothing does) and over the new one, and the letter to copy."""

    runs: str
    heading: str
    letter: str


def words_for(running: Episode | None, *, kind: str, since: dt.date, same_place: str, young: bool = False) -> Words:
    """`kind` is a regime, or another word for a complaint that is not on the list; `young` is under 18."""
    sentences = [_treated(running), _new(running, kind, since), PLACES.get(same_place, ""), _question(kind, since)]
    return Words(
        runs=_runs(running) if running else "",
        heading=_heading(kind, since, young=young),
        letter=" ".join(str(sentence) for sentence in sentences if sentence),
    )


def _runs(running: Episode) -> str:
    words = {"day": short_day(running.operated_on)}
    if running.regime == Regime.SURGERY:
        return _("The term of your operation of %(day)s still runs.") % words
    if law.regime(running.regime, running.operated_on).term_months is None:
        return _("Your condition since %(day)s is on the list without an end.") % words
    return _("The term of your condition since %(day)s still runs.") % words


def _heading(kind: str, since: dt.date, *, young: bool) -> str:
    if kind not in law.REGIMES:
        return _("Another complaint: not on the list")
    regime = law.regime(kind, since)
    if regime.first_sessions and young:
        return _("A new one: basic insurance, from the first session on")
    if regime.first_sessions:
        return _("A new one: the first 20 begin again")
    return _("A new one: %(number)s sessions from basic insurance, from the first on") % {
        "number": regime.basic_sessions
    }


def _treated(running: Episode | None) -> str:
    if running is None:
        return ""
    first = short_day(running.operated_on)
    if running.regime == Regime.SURGERY:
        return _("I was operated on my back on %(first)s and am treated by a physiotherapist for it.") % {
            "first": first
        }
    return _("I have had %(condition)s since %(first)s and am treated by a physiotherapist for it.") % {
        "first": first,
        "condition": CONDITIONS[running.regime],
    }


def _new(running: Episode | None, kind: str, since: dt.date) -> str:
    again = running is not None and running.regime == kind
    words = {"second": short_day(since), "condition": CONDITIONS.get(kind, "")}
    if kind == Regime.SURGERY:
        if running is None:
            text = _("On %(second)s I have an operation of my back, for which I will be treated by a physiotherapist.")
        else:
            text = _("On %(second)s I have another operation.") if again else _("On %(second)s I have an operation.")
    elif kind not in CONDITIONS or again:
        text = _("Since %(second)s I have another complaint for which I will be treated by a physiotherapist.")
    elif running is None:
        text = _("Since %(second)s I have %(condition)s, for which I will be treated by a physiotherapist.")
    else:
        text = _("Since %(second)s I have %(condition)s as well, for which I will be treated by a physiotherapist.")
    return text % words


#: Whether it is where the one before was.
PLACES = {"yes": gettext_lazy("It is at the same place."), "no": gettext_lazy("It is at another place.")}


def _question(kind: str, since: dt.date) -> str:
    """What makes it a new one for the insurer hangs on the entry of Appendix 1."""
    regime = law.regime(kind if kind in law.REGIMES else Regime.SURGERY.value, since)
    if not regime.first_sessions:
        asked = _(
            "Do you see this as a new indication (Appendix 1 of the Besluit zorgverzekering), with %(number)s sessions"
            " from the basic insurance, from the first on?"
        ) % {"number": regime.basic_sessions}
    elif regime.term_months is None:
        asked = _(
            "Do you see this as a new indication (Appendix 1 of the Besluit zorgverzekering), with its own first 20"
            " sessions?"
        )
    else:
        asked = _(
            "Do you see this as a new indication (Appendix 1 of the Besluit zorgverzekering), with its own first 20"
            " sessions and its own term?"
        )
    rest = _(
        "Or does the count go on? From which day, and which referral do you need for it? Please answer in writing."
    )
    return f"{asked} {rest}"
