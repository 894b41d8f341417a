"""What is missing is said, each answer can be changed, and a second complaint is looked at before it is made."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from tests.reimbursement.plain_fold import fold
from tests.tracker.folded import Tables, tables_of
from tests.tracker.forms import sent_by
from tests.tracker.people import OPERATED, TODAY, People, client_of, somebody
from tracker.models import Episode, Patient, Referral, Session, UsedElsewhere
from tracker.operations.change_record import add_episode, change_episode, change_patient
from tracker.queries.checklist import Missing, checklist
from tracker.queries.second_complaint import Outcome, both_ways

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pinned_day", "fresh_limits")]

SECOND = dt.date(2026, 11, 16)


def missing(patient: Patient, *, on: dt.date = TODAY) -> list[str]:
    patient.refresh_from_db()
    return [item.what.value for item in checklist(patient, patient.episodes.first(), on=on)]


class TestTheChecklist:
    def test_a_new_record_misses_all_that_would_change_its_answers(self, people: People) -> None:
        eva = Patient.objects.create(name="Eva", user=somebody("Eva"), operation_unknown=True)
        assert missing(eva) == ["operation", "birth", "insurance", "deductible", "elsewhere", "next_year"]

    def test_it_is_gone_when_everything_is_known(self, people: People) -> None:
        assert missing(people.alice) == ["elsewhere", "referral"]
        referral = reverse("patient:referral", args=[people.episode.uid])
        assert referral in client_of(people.alice_herself).get(reverse("patient:overview")).content.decode()
        policy = people.alice.policies.get(year=2026)
        UsedElsewhere.objects.create(policy=policy, noted_on=TODAY, source="letter")
        Referral.objects.create(
            episode=people.episode, practice=people.bridge, referred_on=TODAY, referred_by="H. de Ruiter"
        )
        assert missing(people.alice) == []
        page = client_of(people.alice_herself).get(reverse("patient:overview")).content.decode()
        assert "Dit mist nog" not in page

    def test_each_thing_comes_back_when_it_is_not_known(self, people: People) -> None:
        Episode.objects.filter(pk=people.episode.pk).update(discharged_on=None)
        people.alice.policies.filter(year=2026).update(package_unknown=True, supplementary_percent=0)
        people.alice.policies.filter(year=2027).delete()
        Patient.objects.filter(pk=people.alice.pk).update(born_on=None)
        assert {"going_home", "insurance", "next_year", "birth"} < set(missing(people.alice))
        page = client_of(people.alice_herself).get(reverse("patient:overview")).content.decode()
        assert all(f"/begin/{name}/?only" in page for name in ("operation", "insurance", "birth", "sessions"))

    def test_an_unknown_insurer_is_missed_with_what_knowing_it_would_change(self, people: People) -> None:
        people.alice.policies.filter(year=2026).update(insurer=None)
        assert missing(people.alice) == ["insurer", "elsewhere", "referral"]
        client = client_of(people.alice_herself)
        page = " ".join(client.get(reverse("patient:overview")).content.decode().split())
        for said in ("Je zorgverzekeraar", "of een intake meetelt", "een contract heeft", "een eigen aantal"):
            assert said in page
        fields = sent_by(client, "/begin/insurance/?only")
        client.post("/begin/insurance/?only", fields | {"insurer": people.insurer.pk})
        assert "insurer" not in missing(people.alice)

    def test_with_the_package_unknown_as_well_insurer_and_package_are_asked_at_once(self, people: People) -> None:
        people.alice.policies.filter(year=2026).update(insurer=None, package_unknown=True, supplementary_percent=0)
        assert missing(people.alice) == ["insurance", "elsewhere", "referral"]

    def test_next_years_policy_is_not_missed_before_packages_can_be_chosen(self, people: People) -> None:
        people.alice.policies.filter(year=2027).delete()
        assert Missing.NEXT_YEAR.value not in missing(people.alice, on=dt.date(2026, 11, 11))
        assert Missing.NEXT_YEAR.value in missing(people.alice, on=dt.date(2026, 11, 12))


class TestChangingWhatWasTold:
    def test_another_operation_date_says_which_sessions_it_changes(self, people: People) -> None:
        first, second = people.had(2)
        told = change_episode(
            episode=people.episode,
            by=people.alice_herself,
            on=TODAY,
            operated_on=first.held_on + dt.timedelta(days=1),
            discharged_on=None,
        )
        assert [change.after.session for change in told.changes] == [first, second]
        assert (told.changes[0].after.position, told.changes[1].after.position) == (None, 1)

    def test_a_birth_date_under_18_makes_the_sessions_basic_care(self, people: People) -> None:
        session = people.had(1)[0]
        told = change_patient(patient=people.alice, by=people.alice_herself, on=TODAY, born_on=dt.date(2010, 1, 1))
        assert [change.after.basic_cents for change in told.changes] == [session.price_cents]

    def test_the_form_of_the_operation_saves_and_the_page_tells_what_changed(self, people: People) -> None:
        people.had(1)
        client = client_of(people.alice_herself)
        form = {
            "operated_on": "2026-05-01",
            "discharged_on": "2026-05-05",
            "procedure": "spondylodese",
            "dcsph_code": "3405",
            "term_reading": "going_home",
            "sessions_before": "",
        }
        address = reverse("patient:episode", args=[people.episode.uid])
        page = client.post(address, form, follow=True).content.decode()
        people.episode.refresh_from_db()
        assert (people.episode.dcsph_code, people.episode.term_reading) == ("3405", "going_home")
        assert "Een andere behandeling is veranderd" in page or "andere behandeling" in page

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"operated_on": ""}, "operated_on"),
            ({"operated_on": "1999-01-01"}, "operated_on"),
            ({"discharged_on": "2026-03-01"}, "discharged_on"),
            ({"dcsph_code": "34a5"}, "dcsph_code"),
            ({"sessions_before": "2", "first_session_before_on": "2026-01-01"}, "first_session_before_on"),
            ({"term_reading": "birthday"}, "term_reading"),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(self, fields: dict[str, str], field: str, people: People) -> None:
        client = client_of(people.alice_herself)
        form = {"operated_on": "2026-03-16", "term_reading": "operation", "sessions_before": "0"} | fields
        page = client.post(reverse("patient:episode", args=[people.episode.uid]), form)
        assert page.status_code == 200
        assert page.context["form"].errors[field]

    def test_nobody_else_changes_it_and_no_other_field_is_taken(self, people: People) -> None:
        """A1, A4."""
        for by in (people.bram, people.daan, somebody("Petra")):
            with pytest.raises(PermissionDenied):
                change_episode(episode=people.episode, by=by, on=TODAY, operated_on=TODAY)
            with pytest.raises(PermissionDenied):
                change_patient(patient=people.alice, by=by, on=TODAY, born_on=None)
        with pytest.raises(TypeError):
            change_patient(patient=people.alice, by=people.alice_herself, on=TODAY, user=people.bram)
        with pytest.raises(TypeError):
            change_episode(episode=people.episode, by=people.alice_herself, on=TODAY, patient=people.dirk)

    def test_an_impossible_day_is_refused_by_the_deed_as_well(self, people: People) -> None:
        with pytest.raises(ValidationError):
            change_patient(patient=people.alice, by=people.alice_herself, on=TODAY, born_on=dt.date(2027, 1, 1))

    def test_the_same_operation_is_not_made_twice(self, people: People) -> None:
        for _time in range(2):
            add_episode(patient=people.alice, by=people.alice_herself, on=TODAY, regime="surgery", operated_on=SECOND)
        assert people.alice.episodes.count() == 2


def with_twenty(tables: Tables, indication: str | None) -> list[dict[str, Any]]:
    """The plain fold's answer for twenty sessions a week apart, beside what is on file."""
    days = [TODAY + dt.timedelta(days=7 * week) for week in range(20)]
    session = {
        "person_id": "p",
        "indication_id": indication,
        "sequence": 0,
        "status": "attended",
        "price_cents": 45_00,
        "uninsured_cents": 0,
        "contracted": True,
        "counts": True,
    }
    added = [session | {"session_id": f"z{number:02}", "date": day} for number, day in enumerate(days)]
    allocations, _ = fold(**tables | {"sessions": [*tables["sessions"], *added]}, include_planned=False)
    return [row for row in allocations if row["session_id"].startswith("z")]


def outcome_of(rows: list[dict[str, Any]]) -> Outcome:
    return Outcome(
        out_of_pocket_cents=sum(row["deductible_cents"] + row["self_cents"] for row in rows),
        deductible_cents=sum(row["deductible_cents"] for row in rows),
        supplementary_cents=sum(row["supplementary_cents"] for row in rows),
        basic_cents=sum(row["basic_cents"] for row in rows),
        basic_sessions=sum(row["basic_cents"] + row["deductible_cents"] > 0 for row in rows),
    )


class TestTheSameComplaintOrANewOne:
    def test_both_outcomes_are_those_of_the_plain_fold_in_one_engine_call(
        self, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        calls: list[int] = []
        from tracker.queries import futures

        reckon_all = futures.reckon_all
        monkeypatch.setattr(futures, "reckon_all", lambda *a, **k: calls.append(1) or reckon_all(*a, **k))
        people.had(15)
        both = both_ways(people.alice, kind="surgery", since=SECOND, on=TODAY)
        tables = tables_of(people.alice, on=TODAY)
        second = {
            "indication_id": "new",
            "person_id": "p",
            "regime": "surgery",
            "operated_on": SECOND,
            "sessions_before": 0,
        }
        assert both.same == outcome_of(with_twenty(tables, str(people.episode.pk)))
        anew = tables | {"indications": [*tables["indications"], second]}
        assert both.new == outcome_of(with_twenty(anew, "new"))
        assert (both.running, both.price_cents, len(calls)) == (people.episode, 45_00, 1)
        assert both.same.out_of_pocket_cents != both.new.out_of_pocket_cents

    def test_a_complaint_that_is_not_listed_is_for_the_package_alone(self, people: People) -> None:
        both = both_ways(people.alice, kind="other", since=TODAY, on=TODAY)
        assert both.new == outcome_of(with_twenty(tables_of(people.alice, on=TODAY), None))
        assert both.new.basic_sessions == 0

    def test_planned_days_are_taken_first_and_counted_once(self, people: People) -> None:
        people.planned(dt.date(2026, 12, 1))
        with_plan = both_ways(people.alice, kind="surgery", since=SECOND, on=TODAY)
        people.alice.sessions.all().delete()
        without = both_ways(people.alice, kind="surgery", since=SECOND, on=dt.date(2026, 12, 1))
        assert with_plan.same == without.same

    def test_what_is_planned_before_the_new_operation_counts_as_had(self, people: People) -> None:
        people.had(15)
        for day in (1, 8):
            people.planned(dt.date(2026, 12, day))
        december = dt.date(2026, 12, 15)
        planned = both_ways(people.alice, kind="surgery", since=december, on=TODAY)
        people.alice.sessions.filter(status=Session.State.PLANNED).update(status=Session.State.ATTENDED)
        had = both_ways(people.alice, kind="surgery", since=december, on=TODAY)
        assert (planned.same, planned.new) == (had.same, had.new)
        people.alice.sessions.filter(held_on__gt=TODAY).delete()
        assert both_ways(people.alice, kind="surgery", since=december, on=TODAY).same != had.same

    def test_the_page_shows_both_says_what_goes_wrong_and_has_the_question(self, people: People) -> None:
        client = client_of(people.alice_herself)
        answers = {"kind": "surgery", "since": SECOND.isoformat(), "same_place": "yes"}
        page = client.post(reverse("patient:complaint"), answers, follow=True)
        text = page.content.decode()
        assert page.redirect_chain == [(reverse("patient:complaint"), 302)]
        assert "Hier gaat het vaak mis" in text
        assert "Bijlage 1" in text
        assert "Het is op dezelfde plek." in text
        assert "2026-11-16" not in page.redirect_chain[0][0]
        assert people.alice.episodes.count() == 1

    @pytest.mark.parametrize(("choice", "episodes"), [("new", 2), ("same", 1)])
    def test_the_choice_makes_the_operation_or_not(self, choice: str, episodes: int, people: People) -> None:
        client = client_of(people.alice_herself)
        client.post(reverse("patient:complaint"), {"kind": "surgery", "since": "2026-11-16", "same_place": "no"})
        for _time in range(2):
            client.post(reverse("patient:complaint"), {"choice": choice})
        assert people.alice.episodes.count() == episodes

    def test_without_a_kind_or_a_day_nothing_is_reckoned(self, people: People) -> None:
        page = client_of(people.alice_herself).post(reverse("patient:complaint"), {"same_place": "no"})
        assert set(page.context["form"].errors) == {"kind", "since"}

    def test_sessions_stay_where_they_are(self, people: People) -> None:
        session = people.had(1)[0]
        add_episode(patient=people.alice, by=people.alice_herself, on=TODAY, regime="surgery", operated_on=SECOND)
        assert Session.objects.get(pk=session.pk).episode == people.episode


def test_an_operation_is_on_file_since_the_day_it_was_last_changed(people: People) -> None:
    changed = {"episode": people.episode, "by": people.alice_herself, "on": TODAY}
    told = change_episode(**changed, procedure=people.episode.procedure)
    assert told.episode is not None
    assert told.episode.told_on == OPERATED
    told = change_episode(**changed, dcsph_code="3427")
    assert told.episode is not None
    assert told.episode.told_on == TODAY
