"""Packages beside each other: what each pays of the plan, what is left to pay, the premium, and when it pays off."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.models import Policy, PolicyTerms
from tracker.money import euros
from tracker.queries.comparison import MONTHS, Option
from tracker.queries.what_ifs import SHAPES

NUMBER = {"th": {"class": "number"}}
#: What is not known, or without a limit, comes after every amount.
LAST = 10**12
#: The next smaller shape of each.
SMALLER = {larger: smaller for smaller, larger in pairwise((0, *SHAPES))}


@dataclass(frozen=True, slots=True)
class PackageRow:
    """An option as it is read, cell by cell, with what a cell sorts by where that is not its text."""

    option: Option
    name: str
    gives: str
    supplementary: str
    out_of_pocket: str
    premium: str
    total: str
    pays_off: str
    gives_order: int
    premium_order: int
    total_order: int
    worth_order: int

    @property
    def is_own(self) -> bool:
        return self.option.policy is not None


def rows(options: Iterable[Option], year: int) -> list[PackageRow]:
    """The options of a year in words and amounts, in the active language."""
    not_known = _("not known")
    return [_row(option, year, not_known) for option in options]


def _row(option: Option, year: int, not_known: str) -> PackageRow:
    terms: PolicyTerms | None = option.policy or option.package
    number = terms.supplementary_sessions if terms else option.sessions
    premium, total, worth = option.premium_cents, option.total_cents, option.worth_cents
    return PackageRow(
        option=option,
        name=_name(option, year),
        gives=_gives(terms) if terms else "",
        supplementary=euros(option.supplementary_cents),
        out_of_pocket=euros(option.out_of_pocket_cents),
        premium=not_known if premium is None else euros(premium),
        total=not_known if total is None else euros(total),
        pays_off=_pays_off(option),
        gives_order=LAST if number is None else number,
        premium_order=LAST if premium is None else premium,
        total_order=LAST if total is None else total,
        worth_order=LAST if worth is None else worth,
    )


class PackageTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Sorts `PackageRow`s; its template writes their cells itself, since sixty rows of bound cells are slow."""

    name = tables.Column(gettext_lazy("Package"), order_by="gives_order")
    supplementary = tables.Column(gettext_lazy("Package pays"), order_by="option__supplementary_cents", attrs=NUMBER)
    out_of_pocket = tables.Column(gettext_lazy("Left to pay"), order_by="option__out_of_pocket_cents", attrs=NUMBER)
    premium = tables.Column(gettext_lazy("Premium of the year"), order_by="premium_order", attrs=NUMBER)
    total = tables.Column(gettext_lazy("You pay in all"), order_by="total_order", attrs=NUMBER)
    pays_off = tables.Column(gettext_lazy("Pays off"), order_by="worth_order", attrs=NUMBER)

    class Meta:
        template_name = "tables/packages.html"


def _name(option: Option, year: int) -> str:
    """What an option is called."""
    if option.policy is not None:
        return _own(option.policy, year)
    if option.package is not None:
        return str(option.package)
    if option.is_none:
        return _("No package")
    return _("A package of %(sessions)s") % {"sessions": _sessions(option.sessions or 0)}


def _own(policy: Policy, year: int) -> str:
    package = str(policy.package) if policy.package else _("own numbers")
    words = {"year": policy.year, "package": package if policy.supplementary_percent else _("no package")}
    if policy.year != year:
        return _("Yours of %(year)s, if nothing changes: %(package)s") % words
    return _("Yours of %(year)s: %(package)s") % words


def _gives(terms: PolicyTerms) -> str:
    """The limits of a package in a few words."""
    if not terms.supplementary_percent:
        return _("nothing")
    found = []
    if terms.supplementary_first_sessions is not None:
        found.append(_("%(n)s of the first 20") % {"n": terms.supplementary_first_sessions})
    if terms.supplementary_sessions is not None:
        found.append(_sessions(terms.supplementary_sessions))
    if terms.supplementary_cents is not None:
        found.append(euros(terms.supplementary_cents))
    if terms.supplementary_percent < 100:
        found.append(f"{terms.supplementary_percent}%")
    return ", ".join(found) or _("no maximum")


def _sessions(number: int) -> str:
    return ngettext("%(n)s session", "%(n)s sessions", number) % {"n": number}


def _pays_off(option: Option) -> str:
    """Up to how much more a month a shape may cost than the next smaller one; empty for what is no shape."""
    if option.worth_cents is None or not option.sessions:
        return "–"
    if option.worth_cents < MONTHS:
        return _("not by this plan")
    smaller = SMALLER[option.sessions]
    words = {"amount": euros(option.worth_cents // MONTHS), "sessions": smaller}
    if not smaller:
        return _("up to %(amount)s a month") % words
    return _("up to %(amount)s a month more than for %(sessions)s") % words
