"""The form of a session: one tap logs it, bad input is said beside its field, two taps make one."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.tracker.forms import log_form, saved, sent_again, sent_by
from tests.tracker.people import TODAY, People, at_work, client_of
from tracker.models import Price, Session
from tracker.operations import correct_session

pytestmark = pytest.mark.usefixtures("pinned_day")


def test_one_tap_logs_a_session_like_the_last(people: People) -> None:
    answer = client_of(people.alice_herself).post(reverse("patient:log"), log_form(people))
    session = people.alice.sessions.get()
    assert answer["Location"] == reverse("patient:session", args=[session.client_id])
    assert (session.held_on, session.practice, session.price_cents) == (TODAY, people.bridge, 45_00)
    assert session.allocation.position == 1


def test_a_form_sent_twice_makes_one_session(people: People) -> None:
    fields, client = log_form(people), client_of(people.alice_herself)
    answers = [client.post(reverse("patient:log"), fields)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert people.alice.sessions.count() == 1


def test_who_knows_better_says_that_the_practice_has_no_contract(people: People) -> None:
    client, fields = client_of(people.alice_herself), log_form(people)
    del fields["contracted"]
    client.post(reverse("patient:log"), fields)
    assert not people.alice.sessions.get().contracted


def test_a_correction_says_when_the_bill_was_handed_in(people: People) -> None:
    session, client = people.alice_logs(TODAY).session, client_of(people.alice_herself)
    client.post(
        reverse("patient:correct", args=[session.client_id]),
        log_form(people, client_id=session.client_id, handed_in_on="2026-11-24"),
    )
    session.refresh_from_db()
    assert session.handed_in_on == TODAY


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("held_on", "2026-11-25", "moet nog komen"),
        ("held_on", "2015-12-31", "vóór 2016"),
        ("held_on", "morgen", "Dit is geen datum"),
        ("price", "veel", "Typ een bedrag"),
        ("price", "-5", "Typ een bedrag"),
        ("price", "1e9", "Typ een bedrag"),
        ("price", "99999999999", "meer dan een behandeling kost"),
        ("practice", "999999", "Kies een van de mogelijkheden"),
        ("service", "9999", "Kies een van de mogelijkheden"),
        ("note", "x" * 2001, "2000"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_what_was_typed_stays(
    field: str, value: str, says: str, people: People
) -> None:
    answer = client_of(people.alice_herself).post(reverse("patient:log"), log_form(people, **{field: value}))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert says in " ".join(answer.context["form"].errors[field])
    assert value in text or field in ("practice", "service")
    assert re.search(rf'aria-describedby="[^"]*id_{field}', text)
    assert not people.alice.sessions.exists()


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("45", 4500), ("45,5", 4550), ("€ 45,00", 4500), ("45.00", 4500), ("1.234,50", 123450), ("1,234.50", 123450),
     ("45,-", 4500), ("0", 0)],
)  # fmt: skip
def test_amounts_are_read_as_people_type_them(typed: str, cents: int, people: People) -> None:
    client_of(people.alice_herself).post(reverse("patient:log"), log_form(people, price=typed))
    assert people.alice.sessions.get().price_cents == cents


def test_only_a_price_that_stands_there_is_said_to_be_left_as_it_is(people: People) -> None:
    client = client_of(people.alice_herself)
    said = "Laat dit dan zo staan."
    assert said in client.get("/year/log/").content.decode()
    Price.objects.all().delete()
    page = client.get("/year/log/").content.decode()
    assert said not in page
    assert "Dit staat op de rekening." in page


def test_where_no_price_is_known_it_is_asked_for(people: People) -> None:
    client, fields = client_of(people.alice_herself), log_form(people, practice="", price="")
    answer = client.post(reverse("patient:log"), fields)
    assert "Typ de prijs" in " ".join(answer.context["form"].errors["price"])


def test_what_alice_changes_she_reads_on_the_next_page(people: People) -> None:
    people.had(12)
    answer = client_of(people.alice_herself).post(
        reverse("patient:log"), log_form(people, held_on="2026-08-03"), follow=True
    )
    effects = answer.context["effects"]
    (moved,) = effects.moved
    assert (moved.after.position, moved.difference_cents, effects.renumbered) == (13, 45_00, 4)


def test_a_planned_session_is_logged_from_its_own_page(people: People) -> None:
    planned = people.planned(TODAY)
    client = client_of(people.alice_herself)
    client.post(reverse("patient:log") + f"?session={planned.client_id}", log_form(people))
    assert people.alice.sessions.get().status == Session.State.ATTENDED


@pytest.mark.parametrize("text", ["x", "9f3c1a52-0c0e-4a57-9a0b-2f1b1c5d7e11"])
def test_a_planned_session_that_is_not_there_is_a_404(text: str, people: People) -> None:
    assert client_of(people.alice_herself).get(reverse("patient:log") + f"?session={text}").status_code == 404


def test_a_planned_visit_recorded_with_two_taps_is_one_session_and_no_error(people: People) -> None:
    planned, client = people.planned(TODAY), client_of(people.alice_herself)
    fields, address = log_form(people), reverse("patient:log") + f"?session={planned.client_id}"
    answers = [client.post(address, fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert people.alice.sessions.count() == 1


def test_the_front_desk_records_a_visit_for_whom_it_was_planned_with(people: People) -> None:
    planned = people.planned(TODAY)
    address = reverse("physiotherapist:record", args=[people.alice.uid]) + f"?session={planned.client_id}"
    client_of(people.carla).post(address, log_form(people))
    assert people.alice.sessions.get().therapist == people.bram


def test_a_planned_session_that_alice_logged_can_move_to_another_practice(people: People) -> None:
    people.planned(TODAY)
    client = client_of(people.alice_herself)
    client.post(reverse("patient:log"), log_form(people))
    session = people.alice.sessions.get()
    fields = log_form(people, client_id=session.client_id, practice="", price="46,00")
    assert client.post(reverse("patient:correct", args=[session.client_id]), fields).status_code == 302


def test_a_cancelled_session_stays_so_unless_somebody_says_otherwise(people: People) -> None:
    session, client = people.alice_logs(TODAY).session, client_of(people.alice_herself)
    client.post(reverse("patient:cancel", args=[session.client_id]))
    page = client.get(reverse("patient:correct", args=[session.client_id]))
    assert f'value="{Session.State.CANCELLED}" selected' in page.content.decode()


class TestTwoWhoCorrectOneSession:
    """Bram and Berta work at the same practice, and have the form open at the same time."""

    @pytest.fixture
    def visit(self, people: People) -> Session:
        return people.bram_records(TODAY).session

    @pytest.fixture
    def berta(self, people: People) -> Client:
        return client_of(at_work("Berta", people.bridge, "physiotherapist"), language="en")

    def test_what_the_first_changed_is_not_undone_by_the_second(
        self, people: People, visit: Session, berta: Client
    ) -> None:
        address, bram = reverse("physiotherapist:correct", args=[visit.client_id]), client_of(people.bram)
        brams, bertas = sent_by(bram, address, note="na het zwemmen"), sent_by(berta, address, price="41,00")
        assert bram.post(address, brams).status_code == 302
        page = berta.post(address, bertas)
        assert page.context["form"].errors.keys() == {"note"}
        assert "It shows what is on file now." in page.content.decode()
        saved(berta, address, sent_again(page.context["form"]))
        visit.refresh_from_db()
        assert (visit.note, visit.price_cents) == ("na het zwemmen", 41_00)

    def test_where_both_changed_the_same_each_sees_both(self, people: People, visit: Session, berta: Client) -> None:
        address, bram = reverse("physiotherapist:correct", args=[visit.client_id]), client_of(people.bram)
        missed = Session.State.NO_SHOW.value
        bertas = sent_by(berta, address, price="41.00", held_on="2026-11-20", status=missed)
        bram.post(address, sent_by(bram, address, price="52,00", held_on="2026-11-23"))
        bram.post(reverse("physiotherapist:cancel", args=[visit.client_id]))
        page = berta.post(address, bertas)
        says = {name: errors[0] for name, errors in page.context["form"].errors.items()}
        assert says.keys() == {"price", "held_on", "status"}
        assert "On file it now says: €52.00." in says["price"]
        assert "23 Nov 2026" in says["held_on"]
        assert "On file it now says: cancelled." in says["status"]
        kept = saved(berta, address, sent_again(page.context["form"]))
        assert (kept.price_cents, kept.held_on.day, kept.status) == (41_00, 20, missed)

    def test_what_changes_while_the_second_is_being_saved_is_not_undone_either(
        self, people: People, visit: Session, berta: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = reverse("physiotherapist:correct", args=[visit.client_id])
        bertas = sent_by(berta, address, price="41.00")

        def meanwhile(*_args: object) -> None:
            correct_session(visit, by=people.bram, on=TODAY, note="na het zwemmen")

        with monkeypatch.context() as patch:
            patch.setattr("tracker.views.recording._moved_onto", meanwhile)
            page = berta.post(address, bertas)
        assert "This session was changed just now." in page.content.decode()
        page = berta.post(address, sent_again(page.context["form"]))
        assert page.context["form"].errors.keys() == {"note"}
        kept = saved(berta, address, sent_again(page.context["form"]))
        assert (kept.note, kept.price_cents) == ("na het zwemmen", 41_00)

    def test_a_second_tap_on_a_correction_is_not_asked_about(self, people: People, visit: Session) -> None:
        address, bram = reverse("physiotherapist:correct", args=[visit.client_id]), client_of(people.bram)
        fields = sent_by(bram, address, note="na het zwemmen", status=Session.State.NO_SHOW.value)
        assert [bram.post(address, fields).status_code for _ in range(2)] == [302, 302]
        as_read, said = visit, {"note": "na het zwemmen", "status": Session.State.NO_SHOW}
        assert correct_session(visit, by=people.bram, on=TODAY, as_read=as_read, **said).session.note
