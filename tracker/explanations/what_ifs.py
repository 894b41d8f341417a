"""Each one change against today's plan, in words and in groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reimbursement import law
from tracker.days import short_day
from tracker.money import euros
from tracker.queries.forecast import Forecast
from tracker.queries.what_ifs import WhatIf


@dataclass(frozen=True, slots=True)
class Said:
    """A change in words, what the patient then pays of the plan, and how much more (above 0) or less; in cents."""

    text: str
    difference_cents: int
    out_of_pocket_cents: int


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind; `note` is what to know about all of them."""

    title: str
    note: str
    rows: list[Said]


def grouped(what_ifs: Sequence[WhatIf]) -> list[Group]:
    """The changes that make a difference, in groups; a group without any is left out."""
    groups = [
        Group(title, note, _rows([one for one in what_ifs if one.kind in kinds])) for title, note, kinds in _groups()
    ]
    return [group for group in groups if group.rows]


def no_difference(what_ifs: Sequence[WhatIf], forecast: Forecast) -> list[str]:
    """Which changes make no difference to the plan: of next year's policy, and of the practice."""
    following = forecast.on.year + 1
    chosen = {"package": _("another package"), "voluntary_deductible": _("another voluntary deductible")}
    tried = {one.kind for one in what_ifs}
    differ = {one.kind for one in what_ifs if one.makes_a_difference}
    same = [words for kind, words in chosen.items() if kind in tried - differ]
    practices = [_at(one) for one in what_ifs if one.kind in _PRACTICE and not one.makes_a_difference]
    of_year = _("For your plan it makes no difference in %(year)s: %(what)s.")
    said = [of_year % {"year": following, "what": ", ".join(same)}] if same else []
    if practices:
        said.append(_("For your plan it makes no difference: %(what)s.") % {"what": ", ".join(practices)})
    return said


#: What changes where the plan is had.
_PRACTICE = ("price", "without_contract")


def _at(one: WhatIf) -> str:
    """The practice of a change, in a list."""
    return str(one.practice) if one.practice else _("a practice without a contract, at the same price")


def choosing(forecast: Forecast) -> list[str]:
    """When package and voluntary deductible are chosen, and why no other ones are tried where none are."""
    year, following = forecast.on.year, forecast.on.year + 1
    season, before = law.switching_season(year), law.switching_season(year - 1)
    words = {
        "year": year,
        "following": following,
        "opens": short_day(season.opens_on),
        "closes": short_day(season.closes_on),
        "until": short_day(before.new_insurer_until),
    }
    this_year = _("Your package and your voluntary deductible of %(year)s can no longer be changed.")
    if forecast.on <= before.new_insurer_until:
        this_year = _(
            "Your package and your voluntary deductible of %(year)s can be changed until %(until)s at a new insurer"
            " only, if you ended the old insurance in time."
        )
    said = [this_year, _("Those of %(following)s you choose from %(opens)s to %(closes)s.")]
    if not any(one.year == following for one in forecast.years):
        said.append(
            _("Plan sessions in %(following)s to see what another package or voluntary deductible would change then.")
        )
    return [text % words for text in said]


def _groups() -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (_("How often and when"), "", ("once_a_week", "into_the_new_year", "into_the_old_year")),
        (_("Another package next year"), _("Without its premium, which is not in these amounts."), ("package",)),
        (
            _("Another voluntary deductible next year"),
            _("Without the discount on your premium, which is not in these amounts."),
            ("voluntary_deductible",),
        ),
        (_("Another practice"), "", _PRACTICE),
    ]


def _rows(what_ifs: Sequence[WhatIf]) -> list[Said]:
    """A row each; packages, or deductibles, that come to the same, next to each other, share one."""
    shared = {"package": _package_text, "voluntary_deductible": _voluntary_text}
    alike = groupby(what_ifs, lambda one: (one.kind, one.difference_cents, one.out_of_pocket_cents))
    rows = []
    for (kind, difference, out_of_pocket), found in alike:
        texts = [shared[kind](list(found))] if kind in shared else map(_text, found)
        rows += [Said(text, difference, out_of_pocket) for text in texts]
    return rows


def _voluntary_text(what_ifs: Sequence[WhatIf]) -> str:
    least, most = what_ifs[0].number or 0, what_ifs[-1].number or 0
    words = {"amount": euros(most), "least": euros(least), "most": euros(most)}
    if least and least < most:
        return _("%(least)s to %(most)s extra") % words
    if least < most:
        return _("Up to %(most)s extra") % words
    return _("%(amount)s extra") % words if most else _("None extra")


def _package_text(what_ifs: Sequence[WhatIf]) -> str:
    *numbers, last = [one.number or 0 for one in what_ifs]
    words = {"numbers": ", ".join(map(str, numbers)), "number": last}
    if numbers:
        return _("For %(numbers)s or %(number)s sessions") % words
    return ngettext("For %(number)s session", "For %(number)s sessions", last) % words


def _text(one: WhatIf) -> str:
    words = {"year": one.year, "sessions": one.sessions}
    if one.kind == "once_a_week":
        text = ngettext("Once a week: %(sessions)s session", "Once a week: %(sessions)s sessions", one.sessions)
        return text % words
    if one.kind == "price":
        return _price_text(one) + _no_contract(one)
    if one.kind == "without_contract":
        return _("A practice without a contract, at the same price")
    if one.kind == "into_the_old_year":
        return _("The same plan, begun before New Year, in %(year)s") % words
    return _("The same plan, begun after New Year, in %(year)s") % words


def _no_contract(one: WhatIf) -> str:
    """What else is different there; empty where nothing is."""
    if not one.without_contract:
        return ""
    return _("; no contract with your insurer in %(years)s") % {"years": ", ".join(map(str, one.without_contract))}


def _price_text(one: WhatIf) -> str:
    """Whose prices, and how many sessions have none there."""
    words = {"practice": one.practice, "amount": euros(one.number or 0), "number": one.kept}
    if one.kept:
        text = ngettext(
            "%(practice)s, by its price list; %(number)s session that is not on it keeps its price",
            "%(practice)s, by its price list; %(number)s sessions that are not on it keep their price",
            one.kept,
        )
        return text % words
    if one.number is None:
        return _("%(practice)s, by its price list") % words
    return _("%(practice)s, %(amount)s a session") % words
