"""Eva begins without a practice: five questions, an account, and her year stands there."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from django.urls import reverse

from tests.tracker.eva import (
    account_of,
    eva,
    eva_answers,
    eva_logs,
    eva_signs_up,
    make_package,
)
from tests.tracker.forms import sent_again
from tests.tracker.people import TODAY, client_of, somebody
from tracker.models import Allocation, Episode, Insurer, Patient, Plan, Policy, Session, User
from tracker.operations.beginning import answer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("pinned_day", "fresh_limits", "quick_passwords"),
]


def question(name: str) -> str:
    return reverse("begin:question", args=[name])


def test_the_sign_in_page_leads_to_the_first_question() -> None:
    client = Client()
    assert reverse("begin:start") in client.get(reverse("account_login")).content.decode()
    first = client.get(reverse("begin:start"), follow=True)
    assert "Vraag 1 van 5" in first.content.decode()


def test_five_answers_and_an_account_make_a_record_with_its_year() -> None:
    client = Client()
    eva_answers(client)
    answer = eva_signs_up(client)
    assert answer["Location"] == reverse("patient:overview")
    patient = eva()
    episode, policy = patient.episodes.get(), patient.policies.get()
    assert (episode.operated_on, episode.discharged_on) == (dt.date(2026, 11, 2), dt.date(2026, 11, 6))
    assert (episode.sessions_before, patient.born_on) == (3, dt.date(1971, 2, 3))
    assert (policy.supplementary_sessions, policy.supplementary_sessions_used) == (12, 2)
    assert policy.deductible_used_cents == 385_00
    assert policy.used_elsewhere.get().sessions == 2
    assert "year-line" in client.get(reverse("patient:overview")).content.decode()


def test_before_there_is_an_account_nothing_is_on_file_and_the_session_changes_its_key_at_sign_up() -> None:
    client = Client()
    make_package()
    eva_answers(client)
    assert not Patient.objects.exists()
    assert not User.objects.exists()
    before = client.session.session_key
    eva_signs_up(client)
    assert client.session.session_key != before
    assert not BrowserSession.objects.filter(session_key=before).exists()
    assert "beginning" not in client.session


def test_everything_skipped_takes_its_honest_default_and_is_said() -> None:
    client = Client()
    skip = {name: {"skip": 1} for name in ("operation", "birth", "insurance", "deductible", "sessions")}
    eva_answers(client, **skip)
    eva_signs_up(client)
    patient = eva()
    assert (patient.born_on, patient.operation_unknown) == (None, True)
    assert not Policy.objects.exists()
    text = client.get(reverse("patient:about")).content.decode()
    assert "als volwassene" in text


def test_a_skipped_deductible_is_used_up_in_the_year_of_the_operation() -> None:
    client = Client()
    eva_answers(client, deductible={"skip": 1})
    eva_signs_up(client)
    assert eva().policies.get().deductible_used_cents == 385_00


def test_what_was_typed_stands_there_when_one_goes_back() -> None:
    client = Client()
    eva_answers(client)
    assert 'value="2026-11-02"' in client.get(question("operation")).content.decode()
    assert 'value="1971-02-03"' in client.get(question("birth")).content.decode()


@pytest.mark.parametrize(
    ("name", "said", "field"),
    [
        ("operation", {"operated_on": "1926-11-02"}, "operated_on"),
        ("operation", {"operated_on": "2026-11-02", "discharged_on": "2026-11-01"}, "discharged_on"),
        ("operation", {"discharged_on": "2026-11-01"}, "operated_on"),
        ("birth", {"born_on": "2027-01-01"}, "born_on"),
        ("insurance", {"has_package": "yes"}, "package"),
        ("deductible", {"voluntary_cents": "50", "used": "all"}, "voluntary_cents"),
        ("deductible", {"voluntary_cents": "0", "used": "some"}, "used_cents"),
        ("deductible", {"voluntary_cents": "0", "used": "some", "used_cents": "veel"}, "used_cents"),
        ("sessions", {"had": "-1"}, "had"),
        ("sessions", {"first_on": "2026-11-10"}, "had"),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field_and_stays(name: str, said: dict[str, str], field: str) -> None:
    answer = Client().post(question(name), said)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert all(value in answer.content.decode() for key, value in said.items() if key not in ("has_package", "used"))


def test_an_answer_that_does_not_go_with_another_any_more_is_asked_again_and_not_dropped() -> None:
    client = Client()
    eva_answers(client, sessions={"had": 3, "first_on": "2026-11-03"})
    client.post(question("operation"), {"operated_on": "2026-11-09"})
    answer = eva_signs_up(client)
    assert answer["Location"] == question("sessions")
    page = client.get(question("sessions"))
    assert page.context["form"].errors["first_on"]
    assert 'value="2026-11-03"' in page.content.decode()
    assert not User.objects.exists()


def test_a_skipped_question_comes_back_as_it_was_left_without_remarks() -> None:
    client = Client()
    client.post(question("insurance"), {"has_package": "yes", "skip": "1"})
    page = client.get(question("insurance"))
    assert not page.context["form"].errors
    assert "alert-danger" not in page.content.decode()


def test_nobody_fills_the_database_without_an_account() -> None:
    client = Client()
    client.post(question("birth"), {"skip": "1", "born_on": ["x" * 100_000] * 20 + ["y"] * 500, "other": "z" * 100_000})
    kept = client.session["beginning"]["birth"]["typed"]
    assert len(str(kept)) < 5_000


def test_an_account_without_a_record_gets_one_for_the_answers() -> None:
    user = somebody("Eva")
    client = client_of(user)
    eva_answers(client)
    assert client.post(reverse("begin:account"))["Location"] == reverse("patient:overview")
    assert eva().user == user


def test_without_the_day_of_the_operation_sessions_are_kept_and_no_page_names_a_payer_or_an_amount() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    patient = eva()
    kept = eva_logs(patient, dt.date(2026, 11, 20), episode=None)
    assert not Allocation.objects.exists()
    for address in (
        reverse("patient:overview"),
        reverse("patient:sessions"),
        reverse("patient:session", args=[kept.client_id]),
    ):
        page = client.get(address)
        text = page.content.decode().split("<main")[1]
        assert page.status_code == 200
        assert question("operation") in text
        assert "zelf betalen" not in text
        assert "basisverzekering" not in text
    assert "€" not in client.get(reverse("patient:overview")).content.decode().split("<main")[1]


def test_without_the_day_of_the_operation_the_insurance_pages_say_what_is_missing_and_name_no_costs() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1}, sessions={"skip": 1})
    eva_signs_up(client)
    for day in (dt.date(2026, 12, 1), dt.date(2027, 1, 5)):
        Session.objects.create(patient=eva(), held_on=day, price_cents=45_00, status=Session.State.PLANNED)
    for address, kept, says_why in (
        (reverse("patient:policies"), "is sinds 1 jan 2026 niet nagekeken", True),
        (reverse("patient:used_elsewhere", args=[2026]), "Niet nagekeken sinds", False),
        (reverse("patient:compare", args=[2027]), "31 jan 2027", True),
    ):
        text = client.get(address).content.decode().split("<main")[1]
        assert kept in text
        assert ("rekenen nog niets uit" in text, question("operation") in text) == (says_why, says_why)
        for computed in ("45,00", "minder dan we denken", "Verwacht, niet beloofd"):
            assert computed not in text


def test_once_the_day_is_told_the_chosen_sessions_go_to_the_operation_and_are_reckoned() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    patient = eva()
    first, second = (eva_logs(patient, dt.date(2026, 11, day), episode=None) for day in (10, 20))
    page = client.get(question("operation") + "?only").content.decode()
    assert page.count("checked") == 2
    client.post(question("operation") + "?only", {"operated_on": "2026-11-02", "sessions": [first.pk]})
    patient.refresh_from_db()
    episode = patient.episodes.get()
    assert (patient.operation_unknown, episode.sessions_before) == (False, 3)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.episode, second.episode) == (episode, None)
    assert first.allocation.position == 4
    assert Allocation.objects.count() == 2


def test_what_was_planned_meanwhile_goes_along_with_its_plan() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    patient = eva()
    plan = Plan.objects.create(patient=patient, first_on=TODAY, last_on=TODAY, weekdays="2")
    planned = Session.objects.create(
        patient=patient, plan=plan, held_on=dt.date(2026, 12, 1), price_cents=45_00, status=Session.State.PLANNED
    )
    client.post(question("operation"), {"operated_on": "2026-11-02", "sessions": [planned.pk]})
    plan.refresh_from_db()
    planned.refresh_from_db()
    assert plan.episode == planned.episode == patient.episodes.get()


def test_a_strangers_session_is_no_choice_when_the_day_is_told(people: object) -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    eva_logs(eva(), dt.date(2026, 11, 20), episode=None)
    strangers = people.alice_logs(TODAY, episode=None).session  # type: ignore[attr-defined]
    answer = client.post(question("operation"), {"operated_on": "2026-11-02", "sessions": [strangers.pk]})
    assert answer.status_code == 200
    assert not Episode.objects.filter(patient=eva()).exists()


def test_another_number_of_sessions_leaves_the_percentage_of_the_same_insurers_package() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    policy = eva().policies.get()
    Policy.objects.filter(pk=policy.pk).update(package=None, supplementary_percent=75, supplementary_sessions=7)
    other = Insurer.objects.create(name="Een andere", uzovi="9991")
    for insurer, sessions, percent in ((policy.insurer_id, 9, 75), (other.pk, 12, 100)):
        typed = {"insurer": insurer, "has_package": "yes", "supplementary_sessions": sessions}
        client.post(question("insurance"), typed)
        policy.refresh_from_db()
        assert (policy.supplementary_percent, policy.supplementary_sessions) == (percent, sessions)


def test_confirming_what_stands_there_changes_nothing_and_another_answer_says_which_sessions_change() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    patient = eva()
    policy = patient.policies.get()
    Policy.objects.filter(pk=policy.pk).update(supplementary_sessions=7)
    package = {"insurer": policy.insurer_id, "has_package": "yes", "package": policy.package_id}
    client.post(question("insurance"), package | {"supplementary_sessions": 7})
    policy.refresh_from_db()
    assert policy.supplementary_sessions == 7
    session = eva_logs(patient, dt.date(2026, 11, 20))
    changes = answer(
        patient=patient, by=account_of(patient), on=TODAY, question="insurance", said={"has_package": "no"}
    )
    assert [change.after.session for change in changes] == [session]
    assert changes[0].difference_cents == 45_00


def test_sessions_of_the_package_told_again_take_the_place_of_the_first_answer() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    client.post(question("sessions"), {"had": 4, "of_package": 3})
    policy = eva().policies.get()
    assert (policy.used_elsewhere.count(), policy.supplementary_sessions_used) == (1, 3)


def test_a_package_that_is_not_known_is_reckoned_as_none_and_called_not_known() -> None:
    client = Client()
    eva_answers(client, insurance={"has_package": "unknown"})
    eva_signs_up(client)
    session = eva_logs(eva(), dt.date(2026, 11, 20))
    page = client.get(reverse("patient:session", args=[session.client_id])).content.decode()
    assert "Je pakket van 2026 is nog niet bekend" in page
    assert eva().policies.get().package_unknown
    client.post(question("insurance"), {"has_package": "yes", "supplementary_sessions": "9"})
    assert not eva().policies.get().package_unknown


def test_a_package_that_is_not_known_stays_so_when_only_the_deductible_is_changed() -> None:
    client = Client()
    eva_answers(client, insurance={"skip": 1})
    eva_signs_up(client)
    address = reverse("patient:policy", args=[2026])
    form = client.get(address).context["form"]
    assert form["has_package"].value() == "unknown"
    client.post(address, sent_again(form) | {"voluntary": "50000"})
    policy = eva().policies.get()
    assert (policy.deductible_cents, policy.voluntary_cents) == (None, 500_00)
    assert policy.package_unknown
    copied = client.get(reverse("patient:copy", args=[2027])).context["form"]
    client.post(reverse("patient:copy", args=[2027]), sent_again(copied))
    assert eva().policies.get(year=2027).package_unknown


def test_whoever_types_their_number_of_sessions_has_a_package() -> None:
    client = Client()
    eva_answers(client, insurance={"skip": 1})
    eva_signs_up(client)
    address = reverse("patient:policy", args=[2026])
    client.post(address, sent_again(client.get(address).context["form"]) | {"supplementary_sessions": "9"})
    policy = eva().policies.get()
    assert (policy.package_unknown, policy.supplementary_percent, policy.supplementary_sessions) == (False, 100, 9)


def test_a_question_that_nobody_answered_is_not_called_known() -> None:
    client = Client()
    eva_answers(client, operation={"skip": 1})
    eva_signs_up(client)
    assert "Dit weten we al" not in client.get(question("operation")).content.decode()
    assert "Dit weten we al" in client.get(question("birth")).content.decode()


def test_a_first_session_is_not_said_to_be_like_the_last() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    assert "zoals de vorige keer" not in client.get(reverse("patient:log")).content.decode()
    eva_logs(eva(), dt.date(2026, 11, 20), episode=eva().episodes.get())
    assert "zoals de vorige keer" in client.get(reverse("patient:log")).content.decode()


def test_what_eva_had_before_is_counted_beside_her_year_line() -> None:
    client = Client()
    eva_answers(client, sessions={"had": 3})
    eva_signs_up(client)
    text = " ".join(client.get(reverse("patient:overview")).content.decode().split())
    assert "3 behandelingen die niet in de lijst staan, tellen ook mee." in text


def told(client: Client) -> str:
    """The summary of the answers, before there is an account."""
    page = " ".join(client.get(reverse("begin:account")).content.decode().split()).replace("\xa0", " ")
    return page[page.index("Wat je hebt verteld") :]


def test_the_summary_has_going_home_and_the_deductible() -> None:
    client = Client()
    eva_answers(client, deductible={"voluntary_cents": 100_00, "used": "some", "used_cents": "120"})
    page = told(client)
    assert "<dt>Naar huis</dt><dd>6 nov 2026</dd>" in page
    assert "het verplichte en € 100,00, waarvan € 120,00 gebruikt" in page
    eva_answers(client, operation={"operated_on": "2026-11-02"}, deductible={"voluntary_cents": 0, "used": "all"})
    assert "<dt>Naar huis</dt><dd>niet ingevuld</dd>" in told(client)
    assert "het verplichte, op </dd>" in told(client)


@pytest.mark.parametrize(
    ("operated_on", "says"), [("2026-11-02", "opgebruikt door je operatie"), ("2025-12-02", "nog niets gebruikt")]
)
def test_a_deductible_left_open_is_summed_up_as_it_will_be_reckoned(operated_on: str, says: str) -> None:
    client = Client()
    eva_answers(client, operation={"operated_on": operated_on}, deductible={"skip": 1})
    assert f"niet ingevuld: we rekenen met het verplichte, {says}" in told(client)
    eva_signs_up(client)
    assert eva().policies.get().deductible_used_cents == (385_00 if "op" in says[:2] else 0)


def test_a_whole_deductible_that_is_on_file_stays_where_only_its_use_is_told() -> None:
    client = Client()
    eva_answers(client)
    eva_signs_up(client)
    Policy.objects.update(deductible_cents=250_00, deductible_used_cents=0)
    fields = sent_again(client.get(question("deductible")).context["form"])
    client.post(question("deductible"), fields | {"used": "all"})
    policy = eva().policies.get()
    assert (policy.deductible_cents, policy.voluntary_cents, policy.deductible_used_cents) == (250_00, 0, 250_00)
    client.post(question("deductible"), fields | {"used": "all", "voluntary_cents": 100_00})
    policy.refresh_from_db()
    assert (policy.deductible_cents, policy.voluntary_cents, policy.deductible_used_cents) == (None, 100_00, 485_00)
