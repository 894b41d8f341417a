"""What to know of packages that are compared: contracts, a package that is not known, and what is not law yet."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tracker.models import Practice
from tracker.queries.comparison import Option
from tracker.queries.next_package import NextPackage

from .plan import deductible_note


def notes_of(found: NextPackage) -> list[str]:
    """What to know below the table: a package that is not known, the contracts, a deductible that is not law yet."""
    if found.ahead is None:
        return []
    notes = [*_own_not_known(found), *contract_notes(found.options, found.year), deductible_note(found.ahead)]
    return [note for note in notes if note]


def _own_not_known(found: NextPackage) -> list[str]:
    if found.unknown is None:
        return []
    text = _("Your package of %(year)s is not known: it is reckoned as none, so “No package” stands for yours too.")
    return [text % {"year": found.unknown.year}]


def contract_notes(options: Sequence[Option], year: int) -> list[str]:
    """With which insurers the practices of what is planned have a contract, or that it is not known; once each."""
    packages = [option for option in options if option.package]
    unknown = list(dict.fromkeys(practice for one in options for practice in one.contracted.unknown))
    said = [_not_known(practice, year) for practice in unknown]
    without = _without(options)
    said += [_has_none(practice, insurers, year) for practice, insurers in without.items()]
    if not packages:
        said.append(_("Ask before you change insurer whether your practice has a contract with the new one."))
    elif not unknown:
        said.append(
            _("With the other insurers of this table there is a contract.")
            if without
            else _("In %(year)s your practice has a contract with every insurer of this table.") % {"year": year}
        )
    return said


def _without(options: Iterable[Option]) -> dict[Practice, list[str]]:
    """By practice, the names of the insurers that it has no contract with."""
    found: dict[Practice, list[str]] = {}
    for option in options:
        terms = option.policy or option.package
        for practice in option.contracted.without:
            name = str(terms.insurer) if terms and terms.insurer else _("your insurer")
            if name not in found.setdefault(practice, []):
                found[practice].append(name)
    return found


def _has_none(practice: Practice, insurers: list[str], year: int) -> str:
    words = {"practice": practice, "insurers": ", ".join(sorted(insurers)), "year": year}
    return (
        _("%(practice)s has no contract in %(year)s with %(insurers)s: reckoned with what is paid without a contract.")
        % words
    )


def _not_known(practice: Practice | None, year: int) -> str:
    if practice is None:
        return _(
            "Of sessions without a practice we do not know whether there is a contract: reckoned as you planned them."
        )
    return _(
        "With which insurers %(practice)s has a contract in %(year)s is not on file:"
        " reckoned as you planned it. Ask the practice before you change insurer."
    ) % {"practice": practice, "year": year}
