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
SMALLER = {larger: smaller for smaller, larger in pairwise(SHAPES)}


@dataclass(frozen=True, slots=True)
class Name:
    """What an option is called, what it gives, and which package of the catalogue it is."""

    text: str
    gives: str = ""
    package: int | None = None


@dataclass(frozen=True, slots=True)
class PackageRow:
    """Options that come to the same as they are read, cell by cell, with what a cell sorts by where not its text."""

    options: list[Option]
    names: list[Name]
    supplementary: str
    out_of_pocket: str
    premium: str
    premium_a_month: str
    total: str
    pays_off: str
    more: str
    gives_order: int
    premium_order: int
    total_order: int

    @property
    def option(self) -> Option:
        """The first of those that come to the same."""
        return self.options[0]

    @property
    def name(self) -> str:
        return ", ".join(name.text for name in self.names)

    @property
    def is_own(self) -> bool:
        return self.option.policy is not None

    @property
    def is_known(self) -> bool:
        """Whether what it comes to in all can be said."""
        return self.option.total_cents is not None


def rows(options: Iterable[Option], year: int) -> list[PackageRow]:
    """The options of a year in words and amounts, in the active language; those that come to the same share a row."""
    not_known = _("not known")
    alike: dict[object, list[Option]] = {}
    for place, option in enumerate(options):
        alike.setdefault(_shared(option) or place, []).append(option)
    return [_row(shared, year, not_known) for shared in alike.values()]


def _shared(option: Option) -> tuple[object, ...] | None:
    """What those in one row have in common; None for an option that keeps a row of its own.

    Shapes without a name share one, and so do packages that pay all a package could: which of them makes no difference.
    """
    if option.policy is not None or not (option.sessions or (option.package and option.pays_all)):
        return None
    return option.package is None, option.supplementary_cents, option.out_of_pocket_cents, option.premium_cents


def _row(options: list[Option], year: int, not_known: str) -> PackageRow:
    option = options[0]
    terms: PolicyTerms | None = option.policy or option.package
    number = terms.supplementary_sessions if terms else option.sessions
    premium, total = option.premium_cents, option.total_cents
    return PackageRow(
        options=options,
        names=[_shapes(options)] if option.sessions else [_name(one, year) for one in options],
        supplementary=euros(option.supplementary_cents),
        out_of_pocket=euros(option.out_of_pocket_cents),
        premium=not_known if premium is None else euros(premium),
        premium_a_month=_a_month(premium) if premium else "",
        total=not_known if total is None else euros(total),
        pays_off=_pays_off(option),
        more=_more(option),
        gives_order=LAST if number is None else number,
        premium_order=LAST if premium is None else premium,
        total_order=LAST if total is None else total,
    )


class PackageTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Sorts `PackageRow`s; its template writes their cells itself, since sixty rows of bound cells are slow."""

    name = tables.Column(gettext_lazy("Package"), order_by="gives_order")
    supplementary = tables.Column(gettext_lazy("Package pays"), order_by="option__supplementary_cents", attrs=NUMBER)
    out_of_pocket = tables.Column(gettext_lazy("Left to pay"), order_by="option__out_of_pocket_cents", attrs=NUMBER)
    premium = tables.Column(gettext_lazy("Premium of the year"), order_by="premium_order", attrs=NUMBER)
    total = tables.Column(gettext_lazy("You pay in all"), order_by="total_order", attrs=NUMBER)
    pays_off = tables.Column(gettext_lazy("Pays off below a premium of"), order_by="option__saves_cents", attrs=NUMBER)

    class Meta:
        template_name = "tables/packages.html"

    @property
    def parts(self) -> list[tuple[str, list[PackageRow]]]:
        """The rows as sorted, in two parts: a total without its premium must not stand beside one with it."""
        known = [row for row in self.data if row.is_known]
        unknown = [row for row in self.data if not row.is_known]
        titles = (_("With the premium"), _("The premium is not known, so neither is the total"))
        return [(title, part) for title, part in zip(titles, (known, unknown), strict=True) if part]


def _name(option: Option, year: int) -> Name:
    """What an option is called; of a shape without a name, see `_shapes`."""
    if option.policy is not None:
        return Name(_own(option.policy, year), _gives(option.policy))
    if option.package is not None:
        return Name(str(option.package), _gives(option.package), option.package.pk)
    return Name(_("No package"))


def _shapes(options: list[Option]) -> Name:
    """Shapes that come to the same; up to the largest they are so many sessions or more."""
    numbers = [option.sessions or 0 for option in options]
    if len(numbers) == 1:
        return Name(_("A package of %(sessions)s") % {"sessions": _sessions(numbers[0])})
    *most, last = numbers
    listed = _("%(numbers)s or %(number)s sessions") % {"numbers": ", ".join(map(str, most)), "number": last}
    if tuple(numbers) == SHAPES[-len(numbers) :]:
        more = ngettext("A package of %(n)s session or more", "A package of %(n)s sessions or more", numbers[0])
        return Name(more % {"n": numbers[0]}, listed)
    return Name(_("A package of %(sessions)s") % {"sessions": listed})


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
    """The premium a month below which an option costs less than no package."""
    terms = option.policy or option.package
    if not (terms.supplementary_percent if terms else option.sessions):
        return "–"
    if option.saves_cents < MONTHS:
        return _("not by this plan")
    return _a_month(option.saves_cents)


def _a_month(cents_a_year: int) -> str:
    return _("%(amount)s a month") % {"amount": euros(cents_a_year // MONTHS)}


def _more(option: Option) -> str:
    """Up to how much more a month a shape may cost than the next smaller one; empty for what is no shape."""
    smaller = SMALLER.get(option.sessions or 0)
    if smaller is None or option.worth_cents is None or option.worth_cents < MONTHS:
        return ""
    words = {"amount": euros(option.worth_cents // MONTHS), "sessions": smaller}
    return _("at most %(amount)s more than for %(sessions)s") % words
