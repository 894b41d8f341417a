"""A second complaint in words that fit it: what runs, what is new, and the question to the insurer."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.tracker.people import TODAY, People, client_of
from tracker.explanations.second_complaint import words_for
from tracker.models import Episode

pytestmark = pytest.mark.usefixtures("pinned_day")
SINCE = dt.date(2026, 11, 20)


def running(regime: str) -> Episode:
    return Episode(regime=regime, operated_on=dt.date(2026, 3, 16))


@pytest.mark.parametrize(
    ("regime", "runs", "letter"),
    [
        ("surgery", "De termijn van je operatie van 16 mrt 2026", "aan mijn rug geopereerd"),
        ("chronic", "Je aandoening sinds 16 mrt 2026 staat op de lijst zonder einddatum", "zonder einddatum en krijg"),
        (
            "incontinence",
            "Je aandoening sinds 16 mrt 2026 staat op de lijst zonder einddatum",
            "incontinentie en krijg",
        ),
        ("arthrosis", "De termijn van je aandoening sinds 16 mrt 2026", "artrose van heup of knie en krijg"),
        ("claudication", "De termijn van je aandoening sinds 16 mrt 2026", "etalagebenen (claudicatio) en krijg"),
    ],
)
def test_what_runs_is_named_for_what_it_is(regime: str, runs: str, letter: str) -> None:
    words = words_for(running(regime), kind="surgery", since=SINCE, same_place="unknown")
    assert words.runs.startswith(runs)
    assert letter in words.letter
    assert ("geopereerd" in words.letter) == (regime == "surgery")
    assert ("nog een operatie" in words.letter) == (regime == "surgery")


@pytest.mark.parametrize(
    ("kind", "heading", "asked"),
    [
        ("surgery", "de eerste 20 beginnen opnieuw", "eigen eerste 20 behandelingen en een eigen termijn?"),
        ("chronic", "de eerste 20 beginnen opnieuw", "eigen eerste 20 behandelingen? Of"),
        ("arthrosis", "12 behandelingen uit de basisverzekering", "met 12 behandelingen uit de basisverzekering"),
        ("claudication", "37 behandelingen uit de basisverzekering", "met 37 behandelingen uit de basisverzekering"),
        ("incontinence", "9 behandelingen uit de basisverzekering", "met 9 behandelingen uit de basisverzekering"),
        ("other", "niet op de lijst", "eigen eerste 20 behandelingen en een eigen termijn?"),
    ],
)
def test_a_new_one_begins_as_its_entry_of_the_list_says(kind: str, heading: str, asked: str) -> None:
    words = words_for(running("surgery"), kind=kind, since=SINCE, same_place="no")
    assert heading in words.heading
    assert asked in words.letter
    assert "Het is op een andere plek." in words.letter


def test_under_18_no_first_20_begin_again() -> None:
    words = words_for(None, kind="surgery", since=SINCE, same_place="no", young=True)
    assert words.heading == "Een nieuwe: de basisverzekering, vanaf de eerste behandeling"


def test_with_nothing_running_nothing_is_said_of_it() -> None:
    words = words_for(None, kind="arthrosis", since=SINCE, same_place="unknown")
    assert words.runs == ""
    assert words.letter.startswith("Sinds 20 nov 2026 heb ik artrose van heup of knie.")


def test_alices_page_speaks_of_her_condition_and_not_of_an_operation(people: People) -> None:
    people.episode.regime, people.episode.discharged_on = "chronic", None
    people.episode.save()
    client = client_of(people.alice_herself)
    said = {"kind": "arthrosis", "since": TODAY.isoformat(), "same_place": "no"}
    page = client.post(reverse("patient:complaint"), said, follow=True).content.decode()
    assert "Je aandoening sinds 16 mrt 2026 staat op de lijst" in page
    assert "Een nieuwe: 12 behandelingen uit de basisverzekering" in page
    assert "geopereerd" not in page
