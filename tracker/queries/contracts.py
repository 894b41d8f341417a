"""Which practices have a contract with which insurers, by calendar year."""

from collections.abc import Collection
from dataclasses import dataclass

from tracker.models import Contract, Insurer, Practice


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts by practice, insurer (ids) and year. `years` are those of which any is on file."""

    found: frozenset[tuple[int, int, int]]
    years: frozenset[int]

    def has(self, practice: Practice | None, insurer: Insurer | None, year: int) -> bool | None:
        """Whether a practice has a contract with an insurer in a year; None where that is not known."""
        if practice is None or insurer is None or year not in self.years:
            return None
        return (practice.pk, insurer.pk, year) in self.found

    def knows(self, practice: Practice, year: int) -> bool:
        """Whether any contract of this practice is on file for the year."""
        return any((one, of) == (practice.pk, year) for one, _, of in self.found)


def contracts_of(practices: Collection[Practice], years: Collection[int]) -> Contracts:
    """The contracts of these practices in these years. One query.

    Where none of them has any of a year, the contracts of that year are not on file.
    """
    rows = Contract.objects.filter(practice__in=practices, year__in=years)
    found = frozenset(rows.values_list("practice", "insurer", "year"))
    return Contracts(found, frozenset(year for _, _, year in found))
