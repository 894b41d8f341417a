"""The plan that is looked at is kept in the session until it is one: no day of treatment stands in an address."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker.people import People, client_of
from tests.tracker.planning import NEW, asked, looks, plans, said, says_yes, text_of
from tracker.models import Patient, Plan

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself, language="en")


@pytest.fixture
def bram(people: People) -> Client:
    return client_of(people.bram, language="en")


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
