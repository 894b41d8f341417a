"""The forecast page: what the plan costs by month and payer and what one change would do, as the plain fold has it."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.tracker import folded
from tests.tracker.counting import engine_runs
from tests.tracker.forms import sent_by
from tests.tracker.people import TODAY, People, client_of
from tests.tracker.planning import amount, text_of
from tracker.charts.costs import cost_chart
from tracker.explanations.what_ifs import choosing, grouped
from tracker.models import Contract, Insurer, Policy, Price
from tracker.queries.outlook import Outlook, outlook
from tracker.queries.what_ifs import WhatIf

pytestmark = pytest.mark.usefixtures("pinned_day")
PAGE = "/year/forecast/"


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself, language="en")


def plans(people: People, **other: object) -> None:
    """Ten had; then twice a week from 1 December to 31 March."""
    people.had(10)
    people.alice_plans(**other)


def found(people: People) -> Outlook:
    return outlook(people.alice, on=TODAY)


def test_each_month_and_payer_is_what_the_plain_fold_says(people: People) -> None:
    plans(people)
    rows = folded.planned(folded.tables_of(people.alice, on=TODAY))
    for month in found(people).months:
        of_month = [row for row in rows if row["date"].replace(day=1) == month.first_on]
        for part in ("supplementary", "basic", "deductible", "self"):
            assert getattr(month.planned, f"{part}_cents") == sum(row[f"{part}_cents"] for row in of_month)
    assert sum(month.had.supplementary_cents for month in found(people).months) == 10 * 45_00


def test_this_year_and_the_next_are_told_in_euros(alice: Client, people: People) -> None:
    plans(people)
    tables = folded.tables_of(people.alice, on=TODAY)
    page = text_of(alice.get(PAGE))
    for year in (2026, 2027):
        assert f">{amount(folded.out_of_pocket(tables, year=year))}</span>" in page
    assert "The rest of 2026" in page
    assert "The compulsory deductible of 2027 is not fixed by law yet" in page
    assert "Prices of 2027 are not known yet: reckoned at this year&#x27;s price." in page
    assert "Expected, not promised" in page


def test_a_year_in_which_nothing_is_planned_is_told_too(people: People) -> None:
    plans(people, first_on=dt.date(2027, 2, 1))
    assert [(year.year, year.costs.sessions) for year in found(people).years] == [(2026, 0), (2027, 17)]


def test_a_year_without_a_policy_says_how_it_was_reckoned(alice: Client, people: People) -> None:
    Policy.objects.filter(year=2027).delete()
    plans(people)
    assert "Your insurance of 2027 is not filled in: reckoned without a package." in text_of(alice.get(PAGE))


def test_the_turns_are_told_in_words_in_order(alice: Client, people: People) -> None:
    plans(people)
    page = text_of(alice.get(PAGE)).replace('<span class="nowrap">', "").replace("</span>", "")
    told = [
        "From session 13 on 8 Dec 2026 the package of 2026 is used up.",
        "Number 20 is on 31 Dec 2026.",
        "On 1 Jan 2027 package and deductible start anew.",
        "From session 21 on 5 Jan 2027 basic insurance pays, and the deductible comes first.",
        "15 Mar 2027 is the last day of the term; 5 sessions are planned after it.",
    ]
    places = [page.find(line) for line in told]
    assert -1 not in places
    assert places == sorted(places)


def test_a_number_for_the_first_20_that_ends_is_not_the_whole_package(alice: Client, people: People) -> None:
    Policy.objects.filter(year=2026).update(supplementary_first_sessions=12)
    plans(people)
    page = text_of(alice.get(PAGE))
    assert "From session 13 on 8 Dec 2026 what the package of 2026 pays of the first 20 is used up." in page
    people.had(2, since=TODAY - dt.timedelta(days=14), every=7)
    page = text_of(alice.get(PAGE))
    assert "What your package of 2026 pays of the first 20 sessions is used up." in page
    assert "the package of 2026 is used up" not in page.lower()


def test_the_range_between_the_readings_is_told(alice: Client, people: People) -> None:
    people.had(20, every=7)
    Policy.objects.filter(year=2027).update(supplementary_percent=0)
    plans(people)
    year = found(people).years[-1]
    assert year.readings_differ
    assert f"Between {amount(year.least_cents)} and {amount(year.most_cents)}" in text_of(alice.get(PAGE))


def test_what_ifs_stand_beside_it_with_what_they_save_or_cost(alice: Client, people: People) -> None:
    people.other.city = people.bridge.city
    people.other.save()
    Price.objects.create(practice=people.other, service="1000", from_on=dt.date(2026, 1, 1), cents=40_00)
    other = Insurer.objects.create(name="Zonder", uzovi="9997")
    for year in (2026, 2027):
        Contract.objects.create(practice=people.other, insurer=other, year=year)
    plans(people)
    with translation.override("en"):
        rows = {row.text: row for group in grouped(found(people).what_ifs) for row in group.rows}
    assert {"Once a week: 18 sessions", "The same plan, begun after New Year, in 2027"} <= rows.keys()
    assert "Singel, €40.00 a session; no contract with your insurer in 2026, 2027" in rows
    today = folded.out_of_pocket(folded.tables_of(people.alice, on=TODAY))
    assert all(row.out_of_pocket_cents - row.difference_cents == today for row in rows.values())
    page = text_of(alice.get(PAGE))
    assert "Medical need decides when to be treated" in page
    assert all(text in page for text in rows)


def test_a_plan_of_after_new_year_is_tried_before_it_as_the_plain_fold_has_it(people: People) -> None:
    Policy.objects.filter(year=2027).update(supplementary_percent=0)
    plans(people, first_on=dt.date(2027, 1, 12))
    (row,) = [one for one in found(people).what_ifs if one.kind == "into_the_old_year"]
    tables = folded.tables_of(people.alice, on=TODAY)
    for session in folded.planned(tables):
        next(one for one in tables["sessions"] if one["session_id"] == session["session_id"])["date"] -= dt.timedelta(
            14
        )
    assert row.out_of_pocket_cents == folded.out_of_pocket(tables)
    assert row.difference_cents < 0


def test_a_plan_is_not_tried_in_the_past_or_before_the_operation(people: People) -> None:
    plans(people, first_on=dt.date(2027, 1, 12))
    people.episode.operated_on = people.episode.discharged_on = dt.date(2026, 12, 30)
    people.episode.save()
    assert "into_the_old_year" not in {one.kind for one in found(people).what_ifs}


def test_a_practice_without_a_contract_is_tried_at_the_same_price(people: People) -> None:
    Policy.objects.filter(year=2027).update(supplementary_noncontracted_percent=50)
    plans(people)
    (row,) = [one for one in found(people).what_ifs if one.kind == "without_contract"]
    assert row.difference_cents > 0


def test_packages_that_come_to_the_same_share_a_row() -> None:
    sizes = {6: -270_00, 9: -360_00, 12: -360_00, 18: -360_00}
    tried = [WhatIf("package", 945_00 + cents, 26, cents, number=size, year=2027) for size, cents in sizes.items()]
    with translation.override("en"):
        (group,) = grouped(tried)
    assert [(row.text, row.difference_cents) for row in group.rows] == [
        ("For 6 sessions", -270_00),
        ("For 9, 12 or 18 sessions", -360_00),
    ]


def test_deductibles_that_come_to_the_same_share_a_row() -> None:
    cents = {0: 0, 100_00: 65_00, 200_00: 90_00, 300_00: 90_00, 400_00: 90_00}
    tried = [
        WhatIf("voluntary_deductible", 610_00 + more, 26, more, number=extra, year=2027)
        for extra, more in cents.items()
        if more
    ]
    with translation.override("en"):
        (group,) = grouped(tried)
    assert [(row.text, row.difference_cents) for row in group.rows] == [
        ("€100.00 extra", 65_00),
        ("€200.00 to €400.00 extra", 90_00),
    ]


def test_forecast_and_what_ifs_take_one_call_and_as_many_queries_however_much_is_planned(
    alice: Client, people: People
) -> None:
    def taken() -> tuple[int, int]:
        with (
            engine_runs() as counted,
            CaptureQueriesContext(connection) as queries,
        ):
            assert alice.get(PAGE).status_code == 200
        return counted.call_count, len(queries)

    plans(people, last_on=dt.date(2027, 1, 31))
    few = taken()
    plans_more = {"first_on": dt.date(2027, 2, 1), "last_on": dt.date(2027, 10, 31)}
    people.alice.sessions.filter(held_on__lt=TODAY).delete()
    plans(people, **plans_more)
    assert taken() == few
    assert few[0] == 1


def test_without_a_plan_the_page_leads_to_making_one(alice: Client, people: People) -> None:
    page = text_of(alice.get(PAGE))
    assert "Nothing is planned yet." in page
    assert 'href="/year/plan/new/"' in page


def test_the_picture_of_the_months_says_what_its_table_says(people: People) -> None:
    plans(people)
    months = found(people).months
    for width in ("wide", "narrow"):
        chart = cost_chart(months, width=width)  # type: ignore[arg-type]
        assert len(chart.bars) == len(chart.rows) == len(months)
        assert chart.letters == ["A", "B", "E", "Z"]
        for bar in chart.bars:
            parts = [part.box for part in bar.parts]
            assert all(one.x + one.width <= other.x for one, other in pairwise(parts))
            assert all(box.x >= 0 and box.x + box.width <= chart.width for box in parts)
    hollow = [part.hollow for bar in chart.bars for part in bar.parts]
    assert hollow == sorted(hollow)


def test_what_makes_no_difference_is_said_in_words(alice: Client, people: People) -> None:
    plans(people)
    assert "For your plan it makes no difference in 2027: another package." in text_of(alice.get(PAGE))
    people.alice.sessions.filter(held_on__year=2027).delete()
    assert "makes no difference in 2027" not in text_of(alice.get(PAGE))


def test_the_page_says_what_can_still_be_chosen_and_when(alice: Client, people: People) -> None:
    plans(people)
    page = text_of(alice.get(PAGE))
    assert "Your package and your voluntary deductible of 2026 can no longer be changed." in page
    assert "Those of 2027 you choose from 12 Nov 2026 to 31 Dec 2026." in page
    assert "Plan sessions in 2027 to see" not in page


def test_with_nothing_planned_next_year_the_page_says_why_no_other_package_is_tried(
    alice: Client, people: People
) -> None:
    plans(people, last_on=dt.date(2026, 12, 3))
    page = text_of(alice.get(PAGE))
    assert "Plan sessions in 2027 to see what another package or voluntary deductible would change then." in page
    assert "Those of 2027 you choose from 12 Nov 2026 to 31 Dec 2026." in page


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (31, "of 2027 can be changed until 31 Jan 2027 at a new insurer only, if you ended the old insurance in time."),
        (32, "of 2027 can no longer be changed."),
    ],
)
def test_in_january_a_new_insurer_is_still_possible(people: People, day: int, says: str) -> None:
    on = dt.date(2026, 12, 31) + day * dt.timedelta(days=1)
    with translation.override("en"):
        told = " ".join(choosing(outlook(people.alice, on=on).forecast))
    assert says in told
    assert "Those of 2028 you choose from 12 Nov 2027 to 31 Dec 2027." in told


def test_a_package_that_is_not_known_is_said_to_be_reckoned_as_none(alice: Client, people: People) -> None:
    Policy.objects.filter(year=2027).delete()
    Policy.objects.update(package=None, supplementary_percent=0, package_unknown=True)
    plans(people)
    assert "Your package of 2026 is not known: reckoned without one." in text_of(alice.get(PAGE))
    copy = "/year/insurance/2027/copy/"
    assert "Your package of 2026 is not known, and that is copied" in text_of(alice.get(copy))
    alice.post(copy, sent_by(alice, copy))
    page = text_of(alice.get(PAGE))
    assert all(f"Your package of {year} is not known: reckoned without one." in page for year in (2026, 2027))


def test_in_january_last_years_untold_sessions_are_in_a_year_and_in_a_month(people: People) -> None:
    on = dt.date(2027, 1, 5)
    Policy.objects.update(supplementary_percent=0)
    people.planned(dt.date(2026, 12, 29))
    for week in range(2):
        people.planned(dt.date(2027, 1, 11) + week * dt.timedelta(weeks=1))
    look = outlook(people.alice, on=on)
    assert [(year.year, year.costs.out_of_pocket_cents) for year in look.years] == [
        (2026, 45_00),
        (2027, 90_00),
        (2028, 0),
    ]
    total = folded.out_of_pocket(folded.tables_of(people.alice, on=on))
    assert total == sum(year.costs.out_of_pocket_cents for year in look.years)
    assert total == sum(month.planned.out_of_pocket_cents for month in look.months)
    assert {one.out_of_pocket_cents - one.difference_cents for one in look.tried} == {total}
    with time_machine.travel(dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC), tick=False):
        page = text_of(client_of(people.alice_herself).get(PAGE))
    assert [year for year in (2026, 2027, 2028) if f"De rest van {year}" in page] == [2026, 2027]
    assert outlook(people.alice, on=dt.date(2027, 1, 20)).years[0].year == 2027
