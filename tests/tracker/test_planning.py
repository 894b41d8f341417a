"""The plan's pages: a series looked at and put on file, one of it moved, left out or told of."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker import folded
from tests.tracker.people import TODAY, People, client_of
from tests.tracker.planning import NEW, alices, amount, asked, looks, plans, said, says_yes, text_of
from tracker.models import Plan, Price, Session

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)
#: Pages on which amounts of next year stand.
ADDRESSES_OF_AMOUNTS = [
    "/year/", "/year/plan/", "/year/sessions/", "/year/warnings/", "/year/forecast/", "/year/insurance/2027/compare/"
]  # fmt: skip


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself, language="en")


@pytest.fixture
def bram(people: People) -> Client:
    return client_of(people.bram, language="en")


def out_of_pocket(people: People) -> int:
    return folded.out_of_pocket(folded.tables_of(people.alice, on=TODAY))


def test_alice_looks_at_a_plan_before_it_is_one(alice: Client, people: People) -> None:
    people.had(12)
    page = looks(alice, asked(alice, people))
    assert not Session.objects.filter(status=Session.State.PLANNED).exists()
    preview = page.context["preview"]
    days = [session.held_on for session in preview.replanned.sessions]
    assert {day.isoweekday() for day in days} == {1, 4}
    assert (days[0], days[-1]) == (dt.date(2027, 2, 1), dt.date(2027, 4, 29))
    assert "29 Mar 2027 (Easter Monday)" in text_of(page)
    assert "this year's price" in text_of(page)
    assert f"By your plan you pay {amount(preview.replanned.difference_cents)} more." in text_of(page)


@pytest.mark.parametrize("address", ADDRESSES_OF_AMOUNTS)
def test_where_an_amount_of_a_deductible_stands_that_is_not_law_yet_the_page_says_so(
    address: str, alice: Client, people: People
) -> None:
    says = "The compulsory deductible of 2027 is not fixed by law yet: reckoned with"
    people.had(20, every=7)
    people.planned(dt.date(2026, 12, 1))
    assert says not in text_of(alice.get(address))
    people.planned(dt.date(2027, 1, 5))
    assert text_of(alice.get(address)).count(says) == 1


def test_so_does_the_look_at_a_plan_for_alice_and_for_bram(alice: Client, bram: Client, people: People) -> None:
    people.had(20, every=7)
    for client, address in ((alice, NEW), (bram, f"/day/{people.alice.uid}/plan/")):
        page = text_of(looks(client, asked(client, people, address), address))
        assert "The compulsory deductible of 2027 is not fixed by law yet" in page


def test_what_she_saw_is_what_she_gets_to_the_cent(alice: Client, people: People) -> None:
    people.had(12)
    fields = asked(alice, people)
    page = looks(alice, fields)
    preview = page.context["preview"]
    answer = says_yes(alice, page)
    assert answer["Location"] == reverse("patient:plan")
    assert preview.replanned.difference_cents == out_of_pocket(people) > 0
    assert preview.replanned.after.costs.out_of_pocket_cents == out_of_pocket(people)
    assert "Planned: 25 sessions." in said(answer)
    assert f"By your plan you pay {amount(out_of_pocket(people))} more." in said(answer)
    assert "What changes next: On 1 Jan 2027 package and deductible start anew." in said(answer)


def test_another_number_of_times_a_week_brings_other_days_along(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people, times=3))
    assert {session.held_on.isoweekday() for session in page.context["preview"].replanned.sessions} == {1, 3, 5}
    assert page.context["form"]["weekdays"].value() == ["1", "3", "5"]


def test_days_that_are_ticked_stand(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people, weekdays=["2", "5"]))
    assert {session.held_on.isoweekday() for session in page.context["preview"].replanned.sessions} == {2, 5}


@pytest.mark.parametrize("ticked", [["1", "2", "5"], ["1", "1"]])
def test_another_number_of_days_than_times_a_week_is_said_beside_the_days(
    alice: Client, people: People, ticked: list[str]
) -> None:
    page = looks(alice, asked(alice, people, weekdays=ticked))
    assert page.context["preview"] is None
    assert page.context["form"].errors["weekdays"]
    assert page.context["form"]["weekdays"].value() == ticked


def test_a_day_on_which_something_is_planned_is_passed_over_and_named(alice: Client, people: People) -> None:
    people.planned(dt.date(2027, 2, 4))
    fields = asked(alice, people)
    assert "something is planned on that day already: 4 Feb 2027." in text_of(looks(alice, fields))
    assert "4 Feb 2027" in said(plans(alice, fields))
    assert people.alice.sessions.filter(held_on=dt.date(2027, 2, 4)).count() == 1


BESIDE = "2 of these sessions are a day before or after another one, planned or had: the first on {day}. Is that meant?"


def test_sessions_next_to_one_on_file_are_asked_about_whoever_plans(
    alice: Client, bram: Client, people: People
) -> None:
    people.had(1, since=TODAY)
    people.planned(dt.date(2026, 11, 27))
    people.alice_logs(dt.date(2026, 11, 30), status=Session.State.CANCELLED)
    series = {"first_on": "2026-11-25", "last_on": "2026-12-03", "times": 3, "weekdays": ["2", "3", "4"]}
    for client, address in ((alice, NEW), (bram, f"/day/{people.alice.uid}/plan/")):
        fields = asked(client, people, address, **series)
        assert BESIDE.format(day="25 Nov 2026") in text_of(looks(client, fields, address))
    assert BESIDE.format(day="25 Nov 2026") in said(plans(bram, fields, address))


def test_one_session_next_to_another_is_named(alice: Client, people: People) -> None:
    people.planned(dt.date(2027, 2, 5))
    page = text_of(looks(alice, asked(alice, people)))
    assert "One of these sessions is a day before or after another one, planned or had: that of 4 Feb 2027." in page


def test_what_comes_after_the_term_is_counted_before_it_is_planned(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people, first_on="2027-03-01", last_on="2027-03-31"))
    days = [session.held_on for session in page.context["preview"].replanned.sessions]
    late = sum(day > dt.date(2027, 3, 15) for day in days)
    assert 1 < late < len(days)
    assert f"{late} of these sessions are after 15 Mar 2027, the last day of the term." in text_of(page)
    before = looks(alice, asked(alice, people, last_on="2027-03-12")).context["preview"]
    assert not [line for line in before.notices if "last day of the term" in line]


def test_a_series_is_not_asked_about_for_its_own_days(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people, times=5, weekdays=["1", "2", "3", "4", "5"]))
    assert not [line for line in page.context["preview"].notices if "Is that meant?" in line]


def test_where_every_day_is_taken_nothing_is_planned(alice: Client, people: People) -> None:
    people.planned(dt.date(2027, 2, 4))
    page = looks(alice, asked(alice, people, first_on="2027-02-04", last_on="2027-02-06"))
    assert page.context["form"].errors["weekdays"] == ["On each of these days something is planned already."]


def test_a_price_is_asked_only_where_no_list_has_it(alice: Client, people: People) -> None:
    assert "price" not in text_of(looks(alice, asked(alice, people))).split("<form")[-1].split("Change something")[0]
    page = looks(alice, asked(alice, people, practice=""))
    assert page.context["form"].errors["price"]
    page = looks(alice, asked(alice, people, practice="", price="38,75"))
    assert {session.price_cents for session in page.context["preview"].replanned.sessions} == {38_75}


def test_planned_sessions_take_the_price_of_their_date(alice: Client, people: People) -> None:
    Price.objects.create(practice=people.bridge, service="1000", from_on=dt.date(2027, 3, 1), cents=47_00)
    plans(alice, asked(alice, people))
    by_month = dict(people.alice.sessions.values_list("held_on__month", "price_cents"))
    assert by_month == {2: 45_00, 3: 47_00, 4: 47_00}
    months = {month.first_on.month: month.todays_price for month in alice.get("/year/plan/").context["page"].months}
    assert months == {2: True, 3: False, 4: False}


def test_bram_plans_for_alice_by_the_same_form_in_his_practices_name(bram: Client, people: People) -> None:
    address = reverse("physiotherapist:plan", args=[people.alice.uid])
    fields = asked(bram, people, address)
    assert "the patient pays" in text_of(looks(bram, fields, address))
    answer = plans(bram, fields, address)
    assert answer["Location"] == reverse("physiotherapist:sessions", args=[people.alice.uid])
    assert set(people.alice.sessions.values_list("recorded_for", flat=True)) == {people.bridge.pk}


def test_bram_plans_at_his_own_practice_alone(bram: Client, people: People) -> None:
    people.alice.care_relations.create(practice=people.other, since_on=dt.date(2026, 1, 1))
    address = reverse("physiotherapist:plan", args=[people.alice.uid])
    answer = plans(bram, asked(bram, people, address, practice=people.other.pk, price="40"), address)
    assert answer.status_code == 404
    assert not Plan.objects.exists()


def deed(client: Client, session: Session, **typed: Any) -> Any:
    return client.post(reverse("patient:planned", args=[session.client_id]), typed)


def test_moving_one_over_new_year_says_at_once_what_it_saves_and_what_is_next(alice: Client, people: People) -> None:
    people.had(12)
    planned = alices(people, dt.date(2026, 12, 29))
    before = out_of_pocket(people)
    answer = deed(alice, planned, deed="move", held_on="2027-01-05")
    planned.refresh_from_db()
    assert planned.held_on == dt.date(2027, 1, 5)
    assert (before, out_of_pocket(people)) == (45_00, 0)
    assert "Moved to 5 Jan 2027. By your plan you pay €45.00 less." in said(answer)
    assert "What changes next:" in said(answer)


def test_one_that_is_left_out_stays_on_file_as_cancelled(alice: Client, people: People) -> None:
    people.had(12)
    planned = alices(people, dt.date(2026, 12, 29))
    assert "€45.00 less" in said(deed(alice, planned, deed="skip"))
    planned.refresh_from_db()
    assert planned.status == Session.State.CANCELLED
    assert deed(alice, planned, deed="skip").status_code == 302


@pytest.mark.parametrize("held_on", ["", "2026-11-23", "2029-01-01", "morgen"])
def test_a_day_it_cannot_be_moved_to_is_said_beside_the_day(held_on: str, alice: Client, people: People) -> None:
    planned = alices(people, dt.date(2026, 12, 29))
    answer = deed(alice, planned, deed="move", held_on=held_on)
    assert answer.status_code == 200
    assert answer.context["form"].errors["held_on"]
    planned.refresh_from_db()
    assert planned.held_on == dt.date(2026, 12, 29)


@pytest.mark.parametrize("typed", [{"deed": "skip"}, {"deed": "move", "held_on": "2027-01-05"}])
def test_what_the_practice_planned_the_practice_moves(typed: dict[str, str], alice: Client, people: People) -> None:
    planned = people.planned(dt.date(2026, 12, 29))
    assert deed(alice, planned, **typed).status_code == 404
    page = text_of(alice.get(reverse("patient:planned", args=[planned.client_id])))
    assert "Fysio De Brug planned this one, so Fysio De Brug moves or cancels it." in page
    assert 'value="skip"' not in page


@pytest.mark.parametrize(("tap", "status"), [("done", Session.State.ATTENDED), ("missed", Session.State.NO_SHOW)])
def test_what_became_of_a_planned_session_is_told_with_one_tap(
    tap: str, status: int, alice: Client, people: People
) -> None:
    people.had(12)
    planned = people.planned(TODAY - 3 * DAY)
    for page in ("/year/", "/year/plan/"):
        assert f'action="{reverse("patient:planned", args=[planned.client_id])}"' in text_of(alice.get(page))
    answer = deed(alice, planned, deed=tap, back="overview")
    assert answer["Location"] == "/year/"
    assert "You pay €45.00 for it." in said(answer)
    planned.refresh_from_db()
    assert planned.status == status
    assert "What became of" not in text_of(alice.get("/year/"))
    assert deed(alice, planned, deed=tap).status_code == 302
    assert people.alice.sessions.count() == 13


def test_nothing_can_be_told_of_a_session_that_is_still_to_come(alice: Client, people: People) -> None:
    planned = alices(people, TODAY + DAY)
    assert "That day is still to come." in said(deed(alice, planned, deed="done"))
    planned.refresh_from_db()
    assert planned.status == Session.State.PLANNED


def test_where_the_practice_recorded_one_that_day_more_needs_asking(alice: Client, people: People) -> None:
    planned = people.planned(TODAY - 3 * DAY)
    people.bram_records(TODAY - 3 * DAY, service="1200", counts=False, episode=None)
    answer = deed(alice, planned, deed="done")
    assert answer["Location"] == f"/year/log/?session={planned.client_id}"


def test_after_a_fortnight_it_is_still_asked_about_but_no_longer_expected(alice: Client, people: People) -> None:
    old, new = (alices(people, TODAY - days * DAY) for days in (15, 14))
    page = alice.get("/year/plan/").context["page"]
    assert [one.session.pk for one in page.untold] == [old.pk, new.pk]
    assert [payment.session.pk for payment in page.forecast.planned] == [new.pk]
    alices(people, TODAY + DAY)
    for address in ("/year/", "/year/plan/", "/year/forecast/"):
        assert "Counted as if you were at the sessions of which" in text_of(alice.get(address))


def test_the_overview_says_from_when_alice_pays(alice: Client, people: People) -> None:
    people.had(10)
    for days in (7, 14, 21):
        alices(people, TODAY + days * DAY)
    line = "You pay nothing up to and including session 12 on 8 Dec 2026. From session 13 on 15 Dec 2026 you pay:"
    for page in ("/year/", "/year/plan/", "/year/forecast/"):
        assert line in text_of(alice.get(page)).replace('<span class="nowrap">', "")


def test_a_plan_that_costs_nothing_says_so(alice: Client, people: People) -> None:
    alices(people, TODAY + 7 * DAY)
    assert "By your plan you pay nothing, up to and including session 1 on 1 Dec 2026." in text_of(alice.get("/year/"))


def test_while_the_operation_is_not_told_the_plan_is_kept_and_nothing_is_computed(
    alice: Client, people: People
) -> None:
    people.alice.operation_unknown = True
    people.alice.save()
    fields = asked(alice, people, episode="")
    assert "nothing is computed" in text_of(looks(alice, fields))
    assert said(plans(alice, fields)).startswith("Planned: 25 sessions. Left out")
    for page in ("/year/plan/", "/year/forecast/"):
        text = text_of(alice.get(page))
        assert "nothing is computed" in text
        assert "€" not in text


def test_a_preview_says_that_a_years_insurance_is_not_filled_in(alice: Client, bram: Client, people: People) -> None:
    typed = asked(alice, people)
    assert "is not filled in" not in text_of(looks(alice, typed))
    people.alice.policies.filter(year=2027).delete()
    says = "insurance of 2027 is not filled in: reckoned without a package."
    assert f"Your {says}" in text_of(looks(alice, typed))
    address = f"/day/{people.alice.uid}/plan/"
    assert f"The {says}" in text_of(looks(bram, asked(bram, people, address), address))
