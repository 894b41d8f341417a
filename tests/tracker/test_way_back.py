"""The way back after the operation: the leaflet's year, counted from the day of the operation."""

import datetime as dt

import pytest
from django.test import Client

from tests.tracker.people import OPERATED, TODAY, People, client_of
from tests.tracker.planning import text_of
from tracker.explanations.way_back import stages
from tracker.models import Episode

pytestmark = pytest.mark.usefixtures("pinned_day")
DAY = dt.timedelta(days=1)
PAGE = "/year/way-back/"


@pytest.fixture
def alice(people: People) -> Client:
    return client_of(people.alice_herself, language="en")


def test_it_is_counted_from_the_operation_and_names_the_leaflet(alice: Client) -> None:
    page = text_of(alice.get(PAGE))
    assert "It is 36 weeks since your operation." in page
    assert "27 Apr 2026 to 14 Mar 2027" in page
    assert "15 Mar 2027" in page
    assert "FYS 110-AD" in page
    assert "What your own hospital told you comes first" in page
    assert "We give no medical advice." in page


@pytest.mark.parametrize(
    ("days", "when"),
    [
        (-1, ["ahead", "ahead", "ahead", "ahead"]),
        (0, ["now", "ahead", "ahead", "ahead"]),
        (7, ["past", "now", "ahead", "ahead"]),
        (41, ["past", "now", "ahead", "ahead"]),
        (42, ["past", "past", "now", "ahead"]),
        (364, ["past", "past", "past", "now"]),
        (365, ["past", "past", "past", "past"]),
    ],
)
def test_each_day_has_its_place_on_the_way(days: int, when: list[str]) -> None:
    found = stages(OPERATED, dt.date(2027, 3, 15), on=OPERATED + days * DAY)
    assert [stage.when for stage in found] == when


@pytest.mark.parametrize("known", ["nothing", "unknown", "another condition"])
def test_without_the_day_of_an_operation_it_says_so_and_shows_no_dates(
    known: str, alice: Client, people: People
) -> None:
    if known == "unknown":
        people.alice.operation_unknown = True
        people.alice.save()
    elif known == "nothing":
        Episode.objects.all().delete()
    else:
        Episode.objects.update(regime="arthrosis")
    page = text_of(alice.get(PAGE))
    assert "When was your operation? That is not filled in yet." in page
    assert "this is now" not in page
    assert "2027" not in page


def test_the_last_operation_counts(alice: Client, people: People) -> None:
    Episode.objects.create(patient=people.alice, operated_on=TODAY - 3 * DAY)
    Episode.objects.create(patient=people.alice, operated_on=TODAY + 30 * DAY)
    assert "This is the first week after your operation." in text_of(alice.get(PAGE))


def test_the_overview_leads_there(alice: Client) -> None:
    assert f'href="{PAGE}"' in text_of(alice.get("/year/"))
