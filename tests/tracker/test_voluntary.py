"""What was chosen on top of the compulsory deductible stays that, whatever the law makes of the compulsory one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from reimbursement import law
from tests.tracker import folded
from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of
from tracker.models import Policy
from tracker.operations import change_policy
from tracker.queries.budgets import compulsory_cents
from tracker.queries.insurance import insurance
from tracker.queries.outlook import outlook
from tracker.queries.verification import faults

FORM = "/year/insurance/2027/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def alice(people: People) -> Client:
    """Alice with twenty had and thirty planned next year, who chose € 500 on top for it."""
    people.alice.episodes.update(sessions_before=20)
    for day in range(30):
        people.planned(dt.date(2027, 1, 4) + dt.timedelta(days=2 * day))
    client = client_of(people.alice_herself)
    client.post(FORM, sent_by(client, FORM) | {"voluntary": "50000"})
    return client


@pytest.fixture
def enacted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The law of 2027 as it may turn out: € 460."""
    known = law.compulsory_deductible

    def by_law(year: int) -> law.Deductible:
        return replace(known(year), cents=460_00, enacted=True) if year == 2027 else known(year)

    monkeypatch.setattr(law, "compulsory_deductible", by_law)


def expected(people: People) -> int:
    (year,) = [one for one in outlook(people.alice, on=TODAY).years if one.year == 2027]
    return year.costs.deductible_cents


def limit(people: People) -> int:
    return insurance(people.alice, on=TODAY).following.budget.deductible_limit_cents


def test_it_comes_on_top_of_what_the_law_asks_as_the_plain_fold_has_it(people: People, alice: Client) -> None:
    rows = folded.planned(folded.tables_of(people.alice, on=TODAY), year=2027)
    assert expected(people) == sum(row["deductible_cents"] for row in rows) == 885_00
    assert limit(people) == 885_00
    assert list(faults()) == []


@pytest.mark.usefixtures("enacted")
def test_once_the_law_asks_another_amount_the_choice_stands_and_the_sum_follows(people: People, alice: Client) -> None:
    assert (limit(people), expected(people)) == (960_00, 960_00)
    fields = sent_by(alice, FORM)
    assert (fields["voluntary"], fields.get("deductible_cents")) == ("50000", None)


@pytest.mark.usefixtures("enacted")
def test_a_whole_amount_that_was_typed_stays(people: People, alice: Client) -> None:
    alice.post(FORM, sent_by(alice, FORM) | {"voluntary": "other", "deductible_cents": "885"})
    assert (limit(people), expected(people)) == (885_00, 885_00)
    fields = sent_by(alice, FORM)
    assert (fields["voluntary"], fields["deductible_cents"]) == ("other", "885,00")


def test_under_18_there_is_none_whatever_was_chosen(people: People, alice: Client) -> None:
    people.alice.born_on = dt.date(2012, 6, 12)
    people.alice.save()
    assert (limit(people), expected(people)) == (0, 0)


def test_a_whole_amount_leaves_nothing_on_top(people: People, alice: Client) -> None:
    change_policy(patient=people.alice, by=people.alice_herself, year=2027, deductible_cents=250_00)
    policy = people.alice.policies.get(year=2027)
    assert (policy.deductible_cents, policy.voluntary_cents) == (250_00, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.filter(pk=policy.pk).update(voluntary_cents=100_00)


# The rows that were there before


BEFORE, AFTER = [("tracker", "0010_told_on")], [("tracker", "0011_voluntary_deductible")]


def migrated(to: Any) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return executor.loader.project_state(to).apps.get_model("tracker", "Policy")


@pytest.mark.django_db(transaction=True)
def test_sums_on_file_are_taken_apart_and_put_together_again(people: People) -> None:
    people.alice.born_on = dt.date(2008, 6, 12)
    people.alice.save()
    sums = {2026: 294_00, 2027: 885_00, 2028: 485_01, 2029: 985_00, 2030: None}
    apart = {2026: (None, 100_00), 2027: (None, 500_00), 2028: (485_01, 0), 2029: (985_00, 0), 2030: (None, 0)}
    try:
        policies = migrated(BEFORE)
        policies.objects.all().delete()
        for year, cents in sums.items():
            policies.objects.create(patient_id=people.alice.pk, year=year, deductible_cents=cents)
        found = migrated(AFTER).objects.values_list("year", "deductible_cents", "voluntary_cents")
        assert {year: tuple(rest) for year, *rest in found} == apart
        assert dict(migrated(BEFORE).objects.values_list("year", "deductible_cents")) == sums
    finally:
        migrated(AFTER)


def test_the_migration_takes_the_same_part_of_a_year_as_the_rules() -> None:
    compulsory = import_module("tracker.migrations.0011_voluntary_deductible").compulsory_cents
    births = [
        dt.date(1962, 5, 12),
        *(dt.date(2008, month, day) for month, day in ((6, 12), (2, 29), (11, 30), (12, 3))),
    ]
    assert [compulsory(born_on, 2026) for born_on in births] == [compulsory_cents(born_on, 2026) for born_on in births]
