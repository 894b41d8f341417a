"""Two operations at once: each is warned about, named, and reckoned apart."""

import datetime as dt

from tracker.models import Episode, Policy, WarningNote
from tracker.warnings import CostWarning, warned, warnings_for

from . import folded
from .people import TODAY, People
from .warned import DAY, folds, plan, weekly

END = dt.date(2027, 3, 16)


def second(people: People) -> Episode:
    """Operated on anew on 2 November; nothing was had for it yet."""
    return Episode.objects.create(
        patient=people.alice, operated_on=dt.date(2026, 11, 2), procedure="Spondylodese C5-C6", told_on=TODAY
    )


def by_kind(people: People) -> dict[str, list[CostWarning]]:
    found: dict[str, list[CostWarning]] = {}
    for one in warnings_for(people.alice, on=TODAY):
        found.setdefault(one.kind, []).append(one)
    return found


def test_what_is_planned_first_hides_nothing_of_the_other_operation(people: People) -> None:
    people.had(18, every=7)
    plan(people, *weekly(dt.date(2026, 12, 8), 5), END + 2 * DAY)
    Policy.objects.filter(year=2027).update(supplementary_percent=0, deductible_used_cents=385_00)
    alone = by_kind(people)
    assert {"twenty_near", "referral_missing", "readings_differ"} <= alone.keys()
    assert not any(one.of for each in alone.values() for one in each)
    plan(people, dt.date(2026, 12, 1), episode=second(people))
    both = by_kind(people)
    for kind in ("twenty_near", "referral_missing", "readings_differ"):
        (first,) = both[kind]
        assert first.of == f"{people.episode}, 16 mrt 2026"
        assert first.amount_cents == alone[kind][0].amount_cents


def test_a_reading_of_one_term_leaves_the_other_as_it_was_chosen(people: People) -> None:
    later = second(people)
    later.discharged_on = later.operated_on + 9 * DAY
    later.save()
    people.had(20, every=7)
    Policy.objects.filter(year=2027).update(supplementary_percent=0, deductible_used_cents=385_00)
    plan(people, END + DAY)
    (warning,) = by_kind(people)["readings_differ"]

    def counted_from_going_home(tables: folded.Tables) -> None:
        row = next(row for row in tables["indications"] if row["indication_id"] == str(people.episode.pk))
        row["term_from"] = people.episode.discharged_on

    assert warning.amount_cents == abs(folds(people) - folds(people, counted_from_going_home)) == 45_00


def test_the_same_of_two_operations_is_put_aside_apart(people: People) -> None:
    later = second(people)
    people.had(15, every=7)
    later.sessions_before = 15
    later.save()
    plan(people, dt.date(2026, 12, 1), episode=later)
    plan(people, dt.date(2026, 12, 2))
    first, other = by_kind(people)["referral_missing"]
    assert {first.of, other.of} == {f"{people.episode}, 16 mrt 2026", "Spondylodese C5-C6, 2 nov 2026"}
    WarningNote.objects.create(patient=people.alice, deed="dismissed", kind=first.kind, fingerprint=first.fingerprint)
    found = warned(people.alice, on=TODAY)
    assert [one.of for one in found.open if one.kind == "referral_missing"] == [other.of]
    assert [one.of for one in found.aside] == [first.of]
