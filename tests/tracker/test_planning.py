"""The plan's pages: a series looked at and put on file."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker import folded
from tests.tracker.forms import sent_again
from tests.tracker.people import TODAY, People, client_of
from tests.tracker.reading import amount, said, text_of
from tracker.models import Patient, Plan, Price, Session

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)
NEW = "/year/plan/new/"
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


def asked(client: Client, people: People, address: str = NEW, **typed: Any) -> dict[str, Any]:
    """The form as it stands there, twice a week from 1 February to 30 April 2027, and what was typed in it."""
    series = {"first_on": "2027-02-01", "last_on": "2027-04-30", "practice": people.bridge.pk}
    return sent_again(client.get(address).context["form"]) | series | typed


def looks(client: Client, fields: dict[str, Any], address: str = NEW) -> Any:
    """The page that shows what was typed, after the redirect."""
    return client.post(address, fields, follow=True)


def says_yes(client: Client, page: Any, address: str = NEW) -> Any:
    return client.post(address, {"deed": "plan", "draft": page.context["draft"].id})


def plans(client: Client, fields: dict[str, Any], address: str = NEW) -> Any:
    """Look at it, and say yes."""
    return says_yes(client, looks(client, fields, address), address)


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


def test_a_plan_sent_twice_is_planned_once(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people))
    answers = [says_yes(alice, page) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [reverse("patient:plan")] * 2
    assert Plan.objects.count() == 1
    assert people.alice.sessions.count() == 25


def test_two_taps_at_once_plan_once(alice: Client, people: People) -> None:
    """The second one comes in before the first one has put its draft away."""
    page, kept = looks(alice, asked(alice, people)), dict(alice.session)
    says_yes(alice, page)
    session = alice.session
    session["plans"] = kept["plans"]
    session.save()
    assert says_yes(alice, page)["Location"] == reverse("patient:plan")
    assert (Plan.objects.count(), people.alice.sessions.count()) == (1, 25)


def test_going_back_and_planning_other_days_makes_another_plan(alice: Client, people: People) -> None:
    fields = asked(alice, people)
    plans(alice, fields)
    assert plans(alice, fields | {"first_on": "2027-06-01", "last_on": "2027-06-30"}).status_code == 302
    assert Plan.objects.count() == 2
    assert people.alice.sessions.filter(held_on__month=6).exists()


def test_no_day_of_treatment_stands_in_an_address(alice: Client, bram: Client, people: People) -> None:
    for client, address in ((alice, NEW), (bram, reverse("physiotherapist:plan", args=[people.alice.uid]))):
        page = looks(client, asked(client, people, address), address)
        assert page.redirect_chain == [(address, 302)]
        assert page.context["preview"]
        assert 'method="get"' not in text_of(page)


def test_after_a_reload_the_plan_that_is_looked_at_stands_there_still(alice: Client, people: People) -> None:
    looks(alice, asked(alice, people, skips_holidays=""))
    page = alice.get(NEW)
    assert page.context["preview"].sessions == 26
    assert page.context["form"]["first_on"].value() == "2027-02-01"


def test_what_is_wrong_and_what_was_typed_stand_there_after_a_reload(alice: Client, people: People) -> None:
    for page in (looks(alice, asked(alice, people, first_on="31-31-2027", price="veel")), alice.get(NEW)):
        assert page.context["form"].errors.keys() >= {"first_on", "price"}
        assert 'value="31-31-2027"' in text_of(page)
        assert 'value="veel"' in text_of(page)


def test_a_draft_goes_when_it_is_planned_and_when_she_starts_over_or_signs_out(alice: Client, people: People) -> None:
    fields = asked(alice, people)
    plans(alice, fields)
    assert alice.get(NEW).context["draft"] is None
    looks(alice, fields)
    alice.post(NEW, {"deed": "anew"})
    assert alice.get(NEW).context["draft"] is None
    looks(alice, fields)
    alice.post(reverse("account_logout"))
    alice.force_login(people.alice_herself)
    assert alice.get(NEW).context["draft"] is None


def test_a_tab_that_shows_other_days_than_the_latest_plans_nothing_and_shows_the_latest(
    alice: Client, people: People
) -> None:
    fields = asked(alice, people)
    first = looks(alice, fields)
    looks(alice, fields | {"last_on": "2027-02-28"})
    answer = says_yes(alice, first)
    assert answer["Location"] == NEW
    assert "Other days were looked at in another window since. Nothing is planned yet" in said(answer)
    assert not Plan.objects.exists()
    page = alice.get(NEW)
    assert page.context["preview"].sessions == 8
    says_yes(alice, page)
    assert people.alice.sessions.count() == 8


@pytest.mark.parametrize("draft", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_draft_that_is_gone_plans_nothing_and_says_so(draft: str, alice: Client, people: People) -> None:
    answer = alice.post(NEW, {"deed": "plan", "draft": draft})
    assert answer["Location"] == NEW
    assert "These days are not kept any more. Nothing is planned yet" in said(answer)


def test_each_patient_has_a_draft_of_their_own_and_few_are_kept(bram: Client, people: People) -> None:
    patients = [Patient.objects.create(name=f"Patient {n}") for n in range(6)]
    pages = [reverse("physiotherapist:plan", args=[patient.uid]) for patient in patients]
    for patient in patients:
        patient.care_relations.create(practice=people.bridge, since_on=dt.date(2026, 1, 1))
    for place, page in enumerate(pages):
        looks(bram, asked(bram, people, page, first_on=f"2027-02-0{place + 1}"), page)
    first_days = [bram.get(page).context["form"]["first_on"].value() for page in pages]
    assert first_days[1:] == [f"2027-02-0{place}" for place in range(2, 7)]
    assert bram.get(pages[0]).context["draft"] is None


def test_what_is_too_much_for_a_form_is_not_kept(alice: Client, people: People) -> None:
    looks(alice, asked(alice, people, weekdays=["1"] * 500, price="9" * 5000, more="x"))
    (kept,) = alice.session["plans"].values()
    assert (len(kept["typed"]["weekdays"]), len(kept["typed"]["price"][0])) == (20, 200)
    assert "more" not in kept["typed"]


def test_another_number_of_times_a_week_brings_other_days_along(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people, times=3))
    assert {session.held_on.isoweekday() for session in page.context["preview"].replanned.sessions} == {1, 3, 5}
    assert page.context["form"]["weekdays"].value() == ["1", "3", "5"]


def test_days_that_are_ticked_stand(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people, weekdays=["2", "5"]))
    assert {session.held_on.isoweekday() for session in page.context["preview"].replanned.sessions} == {2, 5}


def test_more_days_than_times_a_week_is_said_beside_the_days(alice: Client, people: People) -> None:
    page = looks(alice, asked(alice, people, weekdays=["1", "2", "5"]))
    assert page.context["preview"] is None
    assert page.context["form"].errors["weekdays"]
    assert page.context["form"]["weekdays"].value() == ["1", "2", "5"]


def test_a_day_on_which_something_is_planned_is_passed_over_and_named(alice: Client, people: People) -> None:
    people.planned(dt.date(2027, 2, 4))
    fields = asked(alice, people)
    assert "something is planned on that day already: 4 Feb 2027." in text_of(looks(alice, fields))
    assert "4 Feb 2027" in said(plans(alice, fields))
    assert people.alice.sessions.filter(held_on=dt.date(2027, 2, 4)).count() == 1


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


def test_the_overview_says_from_when_alice_pays(alice: Client, people: People) -> None:
    people.had(10)
    for days in (7, 14, 21):
        people.alice_planned(TODAY + days * DAY)
    line = "You pay nothing up to and including session 12 on 8 Dec 2026. From session 13 on 15 Dec 2026 you pay:"
    for page in ("/year/", "/year/plan/", "/year/forecast/"):
        assert line in text_of(alice.get(page)).replace('<span class="nowrap">', "")


def test_a_plan_that_costs_nothing_says_so(alice: Client, people: People) -> None:
    people.alice_planned(TODAY + 7 * DAY)
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
