"""A practice invites; the patient's own account becomes that of its record, and nothing either wrote down is lost."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from tests.tracker.eva import account_of, eva, eva_answers, eva_logs, eva_signs_up
from tests.tracker.people import MORNING, SINCE, TODAY, People, client_of, insure
from tracker.models import CareRelation, Episode, Invitation, Patient, Plan, Session, User
from tracker.operations.invitations import find_invitation, hashed, invite
from tracker.operations.joining import Choices, join_account
from tracker.queries.mail import stop_token
from tracker.queries.verification import faults

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("pinned_day", "fresh_limits", "quick_passwords"),
]

OPERATED = dt.date(2026, 11, 2)


@pytest.fixture
def record(people: People) -> Patient:
    """Eva's record at De Brug, without an account: operated on the same day, one session that Bram recorded."""
    patient = Patient.objects.create(name="Eva de Boer", born_on="1971-02-03")
    CareRelation.objects.create(practice=people.bridge, patient=patient, since_on=SINCE)
    Episode.objects.create(patient=patient, operated_on=OPERATED, procedure="spondylodese L4-L5")
    people.bram_records(dt.date(2026, 11, 12), patient=patient, episode=patient.episodes.get())
    return patient


def code_for(record: Patient, people: People, **other: Any) -> str:
    return invite(patient=record, practice=people.bridge, by=other.get("by", people.carla), now=MORNING, on=TODAY)


def join(code: str, by: User, choices: Choices | None = None, now: dt.datetime = MORNING) -> Patient:
    return join_account(code_hash=hashed(code), by=by, now=now, on=TODAY, choices=choices)


def eva_with_an_account(**answers: Any) -> Patient:
    client = Client()
    eva_answers(client, **answers)
    eva_signs_up(client)
    return eva()


class TestInviting:
    def test_the_desk_shows_the_code_once_and_only_its_hash_is_kept(self, people: People, record: Patient) -> None:
        client = client_of(people.carla)
        assert "Uitnodig" in client.get(reverse("front_desk:coverage", args=[record.uid])).content.decode()
        page = client.post(reverse("front_desk:invite", args=[record.uid]), follow=True).content.decode()
        code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)[0]
        kept = Invitation.objects.get()
        assert kept.code_hash == hashed(code)
        assert code not in str(vars(kept))
        assert code not in client.get(reverse("front_desk:invitation", args=[record.uid])).content.decode()
        assert kept.until_at - kept.invited_at == dt.timedelta(days=14)

    def test_a_new_code_ends_the_earlier_one(self, people: People, record: Patient) -> None:
        first, second = code_for(record, people), code_for(record, people)
        with pytest.raises(ValidationError):
            find_invitation(hashed(first), by=None, now=MORNING, on=TODAY)
        assert find_invitation(hashed(second), by=None, now=MORNING, on=TODAY).patient == record

    def test_nobody_invites_another_practices_patient_or_one_who_has_an_account(
        self, people: People, record: Patient
    ) -> None:
        for patient, by in ((record, people.daan), (people.dirk, people.carla), (people.alice, people.carla)):
            with pytest.raises(PermissionDenied):
                invite(patient=patient, practice=people.bridge, by=by, now=MORNING, on=TODAY)
        assert client_of(people.daan).post(reverse("front_desk:invite", args=[record.uid])).status_code == 404
        assert not Invitation.objects.exists()


class TestTheCode:
    """B5: a code that leaked late, was used, or is guessed, opens nothing, and says nothing."""

    def test_every_code_that_does_not_work_gets_the_same_sentence(self, people: People, record: Patient) -> None:
        said = set()
        used = code_for(record, people)
        eve = eva_with_an_account()
        join(used, account_of(eve), Choices(had_before={eve.episodes.get().pk: 0}))
        other = Patient.objects.create(name="Fleur Groen")
        CareRelation.objects.create(practice=people.bridge, patient=other, since_on=SINCE)
        late = code_for(other, people)
        Invitation.objects.filter(patient=other).update(until_at=MORNING)
        client = Client()
        for code in (used, late, "AAAA-BBBB-CCCC", "x"):
            page = client.post(reverse("begin:join"), {"code": code})
            said.add(tuple(page.context["form"].errors["code"]))
        assert len(said) == 1

    def test_guesses_are_limited(self, people: People, record: Patient) -> None:
        client = Client()
        answers = [client.post(reverse("begin:join"), {"code": f"AAAA-{number:04}"}).status_code for number in range(7)]
        assert answers[:5] == [200] * 5
        assert answers[5:] == [429, 429]

    def test_a_link_puts_the_code_in_the_form_and_out_of_the_address(self, people: People, record: Patient) -> None:
        code = code_for(record, people)
        page = Client().get(reverse("begin:code_link", args=[code]), follow=True)
        assert page.redirect_chain[-1][0] == reverse("begin:join")
        assert code in page.content.decode()

    def test_a_code_ends_with_the_relation(self, people: People, record: Patient) -> None:
        code = code_for(record, people)
        record.care_relations.update(until_on=TODAY)
        with pytest.raises(ValidationError):
            find_invitation(hashed(code), by=None, now=MORNING, on=TODAY)

    def test_alice_cannot_take_evas_record_once_eva_has_it(self, people: People, record: Patient) -> None:
        code = code_for(record, people)
        client = Client()
        client.post(reverse("begin:join"), {"code": code})
        eva_signs_up(client)
        client.post(reverse("begin:join"))
        with pytest.raises(ValidationError):
            join(code, people.alice_herself, Choices())
        assert Patient.objects.get(pk=record.pk).user == User.objects.get(name="Eva")


class TestWithoutARecordOfHerOwn:
    def test_eva_signs_up_with_the_code_and_finds_the_practices_answers(self, people: People, record: Patient) -> None:
        code = code_for(record, people)
        client = Client()
        assert client.post(reverse("begin:join"), {"code": code.lower()})["Location"] == reverse("begin:account")
        assert eva_signs_up(client)["Location"] == reverse("begin:join")
        joined = client.post(reverse("begin:join"), follow=True)
        assert joined.redirect_chain[-1][0] == reverse("begin:question", args=["operation"])
        assert 'value="2026-11-02"' in joined.content.decode()
        assert Patient.objects.filter(user__name="Eva").get() == record
        assert client.get(reverse("patient:overview")).status_code == 200

    def test_the_same_code_sent_twice_joins_once(self, people: People, record: Patient) -> None:
        code = code_for(record, people)
        user = User.objects.create(email="eva@example.org", name="Eva")
        assert join(code, user) == join(code, user) == record


class TestWithARecordOfHerOwn:
    def test_what_stands_twice_is_asked_about_first(self, people: People, record: Patient) -> None:
        own = eva_with_an_account()
        eva_logs(own, dt.date(2026, 11, 12))
        insure(record, 2026, supplementary_sessions=9)
        code = code_for(record, people)
        client = client_of(account_of(own))
        page = client.post(reverse("begin:join"), {"code": code}, follow=True)
        assert page.redirect_chain[-1][0] == reverse("begin:same")
        assert page.content.decode().count("<fieldset") == 2
        assert client.post(reverse("begin:same"), {}).status_code == 200
        assert Patient.objects.filter(pk=own.pk).exists()

    def test_the_chosen_ones_are_joined_and_what_she_entered_stays_hers(self, people: People, record: Patient) -> None:
        own = eva_with_an_account()
        user = account_of(own)
        double, other = eva_logs(own, dt.date(2026, 11, 12)), eva_logs(own, dt.date(2026, 11, 19))
        mine = own.policies.get()
        insure(record, 2026, supplementary_sessions=9)
        episode = own.episodes.get()
        plan = Plan.objects.create(
            patient=own, episode=episode, first_on=TODAY, last_on=TODAY, weekdays="2", recorded_by=user
        )
        client = client_of(user)
        client.post(reverse("begin:join"), {"code": code_for(record, people)})
        answers = {f"session_{double.pk}": "same", f"policy_{mine.pk}": "mine", f"before_{episode.pk}": "1"}
        assert client.post(reverse("begin:same"), answers)["Location"] == reverse("begin:start")
        record.refresh_from_db()
        assert (record.user, Patient.objects.filter(pk=own.pk).exists()) == (user, False)
        assert record.episodes.get().sessions_before == 1
        assert record.sessions.count() == 3
        double.refresh_from_db()
        other.refresh_from_db()
        plan.refresh_from_db()
        assert (double.status, other.recorded_by, other.episode) == (
            Session.State.CANCELLED,
            user,
            record.episodes.get(),
        )
        assert (plan.patient, plan.episode) == (record, record.episodes.get())
        policy = record.policies.get()
        assert (policy, policy.supplementary_sessions, "9" in policy.remark) == (mine, 12, True)
        assert policy.used_elsewhere.get().recorded_by == user
        assert other.allocation.position == 3
        assert CareRelation.objects.filter(patient=record, practice=people.bridge).exists()
        assert Session.objects.changeable_by(user, on=TODAY).filter(pk=other.pk).exists()
        assert not list(faults())

    def test_a_code_that_ended_while_she_was_choosing_is_said_and_changes_nothing(
        self, people: People, record: Patient
    ) -> None:
        own = eva_with_an_account()
        client = client_of(account_of(own))
        client.post(reverse("begin:join"), {"code": code_for(record, people)})
        assert client.get(reverse("begin:same")).status_code == 200
        Invitation.objects.update(until_at=MORNING)
        answer = client.post(reverse("begin:same"), {f"before_{own.episodes.get().pk}": "0"})
        assert answer["Location"] == reverse("begin:join")
        assert Patient.objects.filter(pk=own.pk).exists()

    def test_two_sessions_of_one_day_stay_two_if_she_says_so(self, people: People, record: Patient) -> None:
        own = eva_with_an_account()
        double = eva_logs(own, dt.date(2026, 11, 12))
        before = {own.episodes.get().pk: 0}
        join(code_for(record, people), account_of(own), Choices(had_before=before))
        double.refresh_from_db()
        assert (double.status, double.sequence, double.allocation.position) == (Session.State.ATTENDED, 1, 2)

    def test_a_link_in_a_mail_sent_before_still_stops_the_mails_and_they_stay_in_her_language(
        self, people: People, record: Patient
    ) -> None:
        own = eva_with_an_account(sessions={"skip": 1})
        Patient.objects.filter(pk=own.pk).update(wants_mail=True, language="en")
        own.refresh_from_db()
        link = reverse("stop_mail", args=[stop_token(own)])
        join(code_for(record, people), account_of(own), Choices())
        record.refresh_from_db()
        assert (record.wants_mail, record.language) == (True, "en")
        assert Client().post(link).status_code == 302
        record.refresh_from_db()
        assert not record.wants_mail

    def test_an_operation_on_another_day_is_asked_about(self, people: People, record: Patient) -> None:
        own = eva_with_an_account(operation={"operated_on": "2026-11-03"}, sessions={"skip": 1})
        mine, theirs = own.episodes.get(), record.episodes.get()
        code = code_for(record, people)
        with pytest.raises(ValidationError):
            join(code, account_of(own))
        join(code, account_of(own), Choices(episodes={mine.pk: theirs}))
        assert record.episodes.get() == theirs

    def test_sessions_that_waited_go_to_the_operation_the_practice_knows(self, people: People, record: Patient) -> None:
        own = eva_with_an_account(operation={"skip": 1})
        session = eva_logs(own, dt.date(2026, 11, 19), episode=None)
        join(code_for(record, people), account_of(own), Choices())
        session.refresh_from_db()
        record.refresh_from_db()
        assert (session.episode, record.operation_unknown) == (record.episodes.get(), False)
        assert record.episodes.get().sessions_before == 3

    def test_a_choice_about_somebody_elses_row_is_refused_and_changes_nothing(
        self, people: People, record: Patient
    ) -> None:
        """A2."""
        own = eva_with_an_account()
        strangers = people.alice_logs(TODAY).session
        code = code_for(record, people)
        for choices in (
            Choices(same_sessions=frozenset([strangers.pk])),
            Choices(episodes={own.episodes.get().pk: people.episode}),
            Choices(own_policies=frozenset([people.alice.policies.first().pk])),  # type: ignore[union-attr]
        ):
            with pytest.raises(PermissionDenied):
                join(code, account_of(own), choices)
        assert Patient.objects.filter(pk=own.pk).exists()
        assert Invitation.objects.filter(used_at=None).exists()

    def test_everything_that_hangs_on_a_patient_has_a_place_in_the_joined_record(self) -> None:
        """A new table about patients must say in `operations.joining` what becomes of its rows."""
        known = {"care_relations", "episodes", "invitations", "plans", "policies", "sessions", "warning_notes"}
        assert {relation.get_accessor_name() for relation in Patient._meta.related_objects} == known
