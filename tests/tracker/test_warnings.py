"""The warnings together: a test for each rule, their order, those put aside, and what they cost to find."""

import datetime as dt
import importlib
import pkgutil
from contextlib import ExitStack
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import reimbursement
import reimbursement.forecast
import tests.tracker
from reimbursement import allocate
from tracker.models import Policy, UsedElsewhere, WarningNote
from tracker.warnings import RULES, warned, warnings_for

from .people import TODAY, People
from .warned import SAID, plan, series, weekly


def test_every_rule_has_its_tests() -> None:
    for module in pkgutil.iter_modules(tests.tracker.__path__):
        if module.name.startswith("test_warnings_"):
            importlib.import_module(f"tests.tracker.{module.name}")
    assert {rule.__name__: SAID[rule.__name__] for rule in RULES} == {
        rule.__name__: {"appears", "not before", "gone"} for rule in RULES
    }


def much_on_file(people: People) -> None:
    people.had(17, every=7)
    series(people, dt.date(2026, 12, 1), dt.date(2027, 3, 31))
    plan(people, *weekly(dt.date(2026, 12, 8), 3), contracted=False)
    people.bram_records(dt.date(2026, 4, 28), service="1870", counts=False)
    people.episode.dcsph_code = "3475"
    people.episode.save()
    for n in range(3):
        noted = dt.date(2026, 6, 1 + n)
        UsedElsewhere.objects.create(policy=Policy.objects.get(year=2026), noted_on=noted, source="letter")
    Policy.objects.filter(year=2027).delete()


def test_warnings_come_by_date_and_the_largest_amount_first_within_a_day(people: People) -> None:
    much_on_file(people)
    found = warnings_for(people.alice, on=TODAY)
    assert len({one.kind for one in found}) == len(found) > 8
    order = [(one.from_on, -(one.amount_cents or 0)) for one in found]
    assert order == sorted(order)
    assert max(one.from_on for one in found) <= TODAY


def test_two_that_say_the_same_are_one_warning(people: People) -> None:
    people.had(10)
    series(people, dt.date(2026, 12, 1), dt.date(2027, 3, 31))
    kinds = {one.kind for one in warnings_for(people.alice, on=TODAY)}
    assert len(kinds & {"package_nearly_used_up", "package_ends_before_twenty"}) == 1


def test_no_warning_without_an_amount_names_euros(people: People) -> None:
    much_on_file(people)
    Policy.objects.filter(year=2026).update(supplementary_sessions=99)
    for language in ("nl", "en"):
        with translation.override(language):
            for one in warnings_for(people.alice, on=TODAY):
                if one.amount_cents is None:
                    assert "€" not in one.text, one.kind


def test_one_put_aside_is_kept_apart_until_what_it_says_changes(people: People) -> None:
    people.had(10)
    (first, *_) = plan(people, *weekly(dt.date(2026, 12, 1), 3))
    found = warned(people.alice, on=TODAY)
    (package,) = [one for one in found.open if one.kind == "package_nearly_used_up"]
    WarningNote.objects.create(
        patient=people.alice, deed="dismissed", kind=package.kind, fingerprint=package.fingerprint
    )
    again = warned(people.alice, on=TODAY)
    assert [one.kind for one in again.aside] == ["package_nearly_used_up"]
    assert package not in again.open
    first.delete()
    assert [one.kind for one in warned(people.alice, on=TODAY).aside] == []


def test_a_warning_is_the_same_in_every_language(people: People) -> None:
    much_on_file(people)
    with translation.override("en"):
        english = [one.fingerprint for one in warnings_for(people.alice, on=TODAY)]
    assert [one.fingerprint for one in warnings_for(people.alice, on=TODAY)] == english


def test_while_the_operation_is_unknown_nothing_is_warned_about(people: People) -> None:
    much_on_file(people)
    people.alice.operation_unknown = True
    assert warnings_for(people.alice, on=TODAY) == []


@pytest.mark.parametrize(("carried_over", "calls"), [(0, 1), (5, 2)])
def test_whatever_is_on_file_one_call_of_the_engine_and_as_many_queries(
    carried_over: int, calls: int, people: People
) -> None:
    def asked() -> tuple[int, int]:
        counted = mock.Mock(wraps=allocate)
        with ExitStack() as stack:
            for module in (reimbursement, reimbursement.forecast):
                stack.enter_context(mock.patch.object(module, "allocate", counted))
            queries = stack.enter_context(CaptureQueriesContext(connection))
            warned(people.alice, on=TODAY)
        return counted.call_count, len(queries)

    plan(people, dt.date(2027, 1, 5))
    Policy.objects.update(supplementary_carried_over=carried_over)
    few = asked()
    much_on_file(people)
    Policy.objects.filter(year=2026).update(supplementary_carried_over=carried_over)
    series(people, dt.date(2027, 1, 4), dt.date(2027, 3, 31), weekdays="15")
    assert few == (calls, 13)
    assert asked()[1] == few[1]
    assert asked()[0] <= calls
