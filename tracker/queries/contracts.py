"""Which practices have a contract with which insurers, by calendar year."""

from collections.abc import Collection
from dataclasses import dataclass

from tracker.models import Contract, Insurer, Practice


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts by practice, insurer (ids) and year."""

    found: frozenset[tuple[int, int, int]]

    def has(self, practice: Practice | None, insurer: Insurer | None, year: int) -> bool | None:
        """Whether a practice has a contract with an insurer in a year; None where that is not known.

        A practice of which no contract of the year is on file has none that is known, whatever others have.
        """
        if practice is None or insurer is None or not self.knows(practice, year):
            return None
        return (practice.pk, insurer.pk, year) in self.found

    def knows(self, practice: Practice, year: int) -> bool:
        """Whether any contract of this practice is on file for the year."""
        return any((one, of) == (practice.pk, year) for one, _, of in self.found)


def contracts_of(practices: Collection[Practice], years: Collection[int]) -> Contracts:
    """The contracts of these practices in these years. One query."""
    rows = Contract.objects.filter(practice__in=practices, year__in=years)
    return Contracts(frozenset(rows.values_list("practice", "insurer", "year")))
