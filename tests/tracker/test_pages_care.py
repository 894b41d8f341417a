"""What the pages say of operations, terms, days ahead and open questions, to Alice, Bram and Carla."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from tests.tracker.people import TODAY, People
from tests.tracker.test_pages import client_of, two_practices
from tracker.models import Session

pytestmark = pytest.mark.usefixtures("pinned_day")


def test_the_desk_shows_an_open_operation_beside_that_of_today_with_its_own_term_and_referral(people: People) -> None:
    people.alice.episodes.create(operated_on=dt.date(2026, 9, 1), procedure="Nek", regime="surgery")
    people.alice.episodes.create(operated_on=dt.date(2026, 10, 1), procedure="Knie", regime="arthrosis")
    people.planned(TODAY)
    text = client_of(people.carla).get(reverse("front_desk:coverage", args=[people.alice.uid])).content.decode()
    today, neck, knee = re.split("Loopt ook: een andere (?:operatie|aandoening)", text)
    assert "t/m 15 mrt 2027" in today
    assert "vanaf behandeling 21 kan" in today
    assert "t/m 31 aug 2027" in neck
    assert "vanaf behandeling 21 kan" in neck
    assert "vanaf behandeling 1 kan" in knee
    assert "Operatie" not in knee


def test_a_session_of_another_operation_is_named_by_it_among_the_last_ones(people: People) -> None:
    neck = people.alice.episodes.create(operated_on=dt.date(2026, 9, 1), procedure="Nek")
    people.bram_records(TODAY - dt.timedelta(days=7), episode=neck)
    people.planned(TODAY)
    text = words(client_of(people.alice_herself).get(reverse("patient:overview")))
    recent = text[text.index("Laatste behandelingen") :]
    assert "een andere operatie, van 1 sep 2026" in recent
    coming = text[text.index("Wat er aankomt") : text.index("Laatste behandelingen")]
    assert "andere operatie" not in coming


def test_alice_sees_the_term_of_each_open_operation(people: People) -> None:
    people.alice.episodes.create(operated_on=dt.date(2026, 9, 1), procedure="Nek")
    people.planned(TODAY)
    text = client_of(people.alice_herself).get(reverse("patient:overview")).content.decode()
    assert text.index("t/m 15 mrt 2027") < text.index("Loopt ook") < text.index("t/m 31 aug 2027")


def test_a_day_ahead_and_a_next_session_ahead_are_expected_and_not_promised(people: People) -> None:
    people.planned(TODAY)
    day, year = reverse("physiotherapist:day"), reverse("patient:overview")
    assert "niet beloofd" not in client_of(people.bram).get(day).content.decode()
    assert besides_warnings(client_of(people.alice_herself).get(year).content.decode()).count("niet beloofd") == 1
    people.alice.sessions.update(held_on=TODAY + dt.timedelta(days=1))
    assert "niet beloofd" in client_of(people.bram).get(f"{day}?on=2026-11-25").content.decode()
    assert besides_warnings(client_of(people.alice_herself).get(year).content.decode()).count("niet beloofd") == 2


def besides_warnings(page: str) -> str:
    """The page without its warnings, which say it for themselves."""
    return re.sub(r'<section class="warned".*?</section>', "", page, flags=re.DOTALL)


def test_a_planned_session_has_one_number_on_every_page(people: People) -> None:
    people.had(11)
    _first, second = people.planned(TODAY), people.planned(TODAY + dt.timedelta(days=7))
    alice, bram = client_of(people.alice_herself), client_of(people.bram)
    page = alice.get(reverse("patient:session", args=[second.client_id]))
    day = bram.get(reverse("physiotherapist:day") + "?on=2026-12-01")
    year = alice.get(reverse("patient:overview"))
    listed = [page.context["payment"], day.context["day"].visits[0].payment, year.context["planned"][1]]
    assert [payment.position for payment in listed] == [13, 13, 13]


def words(answer: Any) -> str:
    """A page with every run of white space as one space."""
    return " ".join(answer.content.decode().split())


def test_both_sides_see_the_open_questions_with_who_asked_and_a_way_to_them(people: People) -> None:
    entry, own = people.bram_records(TODAY).session, people.alice_logs(TODAY - dt.timedelta(days=7)).session
    entry.questions.create(asked_by=people.alice_herself, text="Was dit geen manuele therapie?")
    own.questions.create(asked_by=people.bram, text="Klopt de datum?")
    year = words(client_of(people.alice_herself).get(reverse("patient:overview")))
    day = words(client_of(people.bram).get(reverse("physiotherapist:day")))
    for text, audience in ((year, "patient"), (day, "physiotherapist")):
        questions = text[text.index("Open vragen<") :]
        assert reverse(f"{audience}:session", args=[entry.client_id]) in questions
        assert reverse(f"{audience}:session", args=[own.client_id]) in questions
    assert '<a class="tall" href="#open-questions">2 open vragen</a>' in day
    assert "Bram vraagt: “Klopt de datum?”" in year
    assert "Eigen vraag: “Was dit geen manuele therapie?”" in year
    assert "Alice vraagt: “Was dit geen manuele therapie?”" in day
    assert "Fysio De Brug handelt dit af" in day
    assert "Alice de Vries handelt dit af" in day


def test_a_settled_question_is_open_no_more(people: People) -> None:
    question = people.bram_records(TODAY).session.questions.create(asked_by=people.alice_herself, text="Klopt dit?")
    question.settled_at = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    question.save()
    for who, page in ((people.alice_herself, "patient:overview"), (people.bram, "physiotherapist:day")):
        assert "Open vragen" not in client_of(who).get(reverse(page)).content.decode()


def test_another_practice_sees_no_question_about_a_session_of_the_first(people: People) -> None:
    people.bram_records(TODAY).session.questions.create(asked_by=people.alice_herself, text="geheim")
    assert "geheim" not in two_practices(people).get(reverse("physiotherapist:day")).content.decode()
    people.alice.care_relations.filter(practice=people.bridge).update(until_on=TODAY)
    assert "geheim" not in client_of(people.bram).get(reverse("physiotherapist:day")).content.decode()


def test_the_session_says_who_asked(people: People) -> None:
    own = people.alice_logs(TODAY).session
    own.questions.create(asked_by=people.bram, text="Klopt de datum?")
    page = words(client_of(people.alice_herself).get(reverse("patient:session", args=[own.client_id])))
    assert "Bram vraagt: “Klopt de datum?”" in page


def test_alice_and_carla_read_that_a_session_is_planned_after_the_term(people: People) -> None:
    people.had(1)
    people.planned(dt.date(2027, 5, 4))
    year = words(client_of(people.alice_herself).get(reverse("patient:overview")))
    card = words(client_of(people.carla).get(reverse("front_desk:coverage", args=[people.alice.uid])))
    for text in (year, card):
        assert "1 geplande behandeling valt na het einde van de termijn (15 mrt 2027)" in text


def test_a_missed_visit_is_filled_on_the_day_and_a_planned_one_open(people: People) -> None:
    people.bram_records(TODAY, status=Session.State.NO_SHOW)
    client, address = client_of(people.bram), reverse("physiotherapist:day")
    assert "payer-hollow" not in client.get(address).content.decode()
    people.planned(TODAY)
    assert client.get(address).content.decode().count("payer-hollow") == 1
