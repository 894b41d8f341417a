"""What a new session most likely is, so that logging one takes a tap and no typing."""

import datetime as dt

from tracker.models import CareRelation, Episode, Insurer, Patient, Policy, Practice, Session
from tracker.models.care import INTAKES, Service
from tracker.models.people import current

from .answers import Prefill
from .contracts import contracts_of
from .prices import price_of, surcharge_of


def prefill(
    patient: Patient,
    *,
    on: dt.date,
    practice: Practice | None = None,
    service: str | None = None,
    home_visit: bool | None = None,
) -> Prefill:
    """A session like the patient's last, on the day, at that practice's price of the day.

    Like the last attended one that was no intake (of that practice, if one is given); with none yet, a regular one of
    the newest episode, at the practice that treats the patient. What is given stands. `price_cents` is None where no
    price is known. `uninsured_cents` is what the patient bears if a home visit has no medical need: the surcharge.
    """
    last = last_session(patient, on=on, practice=practice)
    practice = practice or (last.practice if last else treating_practice(patient, on=on))
    like = last if last and last.service not in INTAKES else None
    service = service or (like.service if like else Service.REGULAR)
    at_home = home_visit if home_visit is not None else bool(like and like.home_visit)
    policy = policy_of(patient, on=on)
    return Prefill(
        held_on=on,
        practice=practice,
        episode=last.episode if last else newest_episode(patient, on=on),
        service=Service(service),
        home_visit=at_home,
        price_cents=_price(like, practice, service, at_home, on=on),
        uninsured_cents=surcharge_of(practice, service, on=on) if at_home else 0,
        no_medical_need=bool(like and like.home_visit and at_home and like.uninsured_cents),
        contracted=is_contracted(practice, policy.insurer if policy else None, on=on),
        counts=counts(service, policy),
        like_the_last=like is not None,
    )


def _price(like: Session | None, practice: Practice | None, service: str, home: bool, *, on: dt.date) -> int | None:
    """The listed price of the day; else what the last one like it cost."""
    listed = price_of(practice, service, home, on=on)
    same = like is not None and (like.practice, like.service, like.home_visit) == (practice, service, home)
    return like.price_cents if listed is None and same and like else listed


def last_session(patient: Patient, *, on: dt.date, practice: Practice | None = None) -> Session | None:
    """The last attended session up to the day that was no intake; else the last intake; None with none yet."""
    attended = patient.sessions.filter(status=Session.State.ATTENDED, held_on__lte=on)
    if practice:
        attended = attended.filter(practice=practice)
    attended = attended.select_related("practice", "episode").order_by("-held_on", "-sequence")
    return attended.exclude(service__in=INTAKES).first() or attended.first()


def treating_practice(patient: Patient, *, on: dt.date) -> Practice | None:
    """The practice that took the patient on last, of those that treat them on the day."""
    relations = CareRelation.objects.filter(current(on), patient=patient).select_related("practice")
    relation = relations.order_by("-since_on", "-pk").first()
    return relation.practice if relation else None


def newest_episode(patient: Patient, *, on: dt.date) -> Episode | None:
    """The episode of the last operation up to the day; else of the next one."""
    episodes = patient.episodes.order_by("operated_on", "pk")
    return episodes.filter(operated_on__lte=on).last() or episodes.first()


def policy_of(patient: Patient, *, on: dt.date) -> Policy | None:
    """The patient's policy of the day's year with its insurer; None where it is not on file."""
    return Policy.objects.filter(patient=patient, year=on.year).select_related("insurer").first()


def insurer_of(patient: Patient, *, on: dt.date) -> Insurer | None:
    """The insurer on the patient's policy of the day's year; None where that is not on file."""
    policy = policy_of(patient, on=on)
    return policy.insurer if policy else None


def is_contracted(practice: Practice | None, insurer: Insurer | None, *, on: dt.date) -> bool:
    """Whether the practice has a contract with the insurer in the day's year; yes, as is usual, where nobody knows.

    Nobody knows without a practice or insurer, and where no contract at all of that practice and year is on file.
    """
    if practice is None or insurer is None:
        return True
    return contracts_of([practice], [on.year]).has(practice, insurer, on.year) is not False


def counts(service: str, policy: Policy | None) -> bool:
    """Whether a service takes a position: an intake only where the insurer of the year is known to count it."""
    return service not in INTAKES or bool(policy and policy.counts_intake)
