"""The referral: without one, or with one that is not complete, basic insurance can refuse to pay."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.models import Practice
from tracker.money import euros
from tracker.queries.answers import Payment

from .case import Case
from .cost_warning import CostWarning, at_stake
from .rule import Later, nothing

#: From so many positions taken a referral is to be there.
REFERRAL_FROM = 15


def referral_missing(case: Case) -> Later:
    """Fifteen positions are taken, and a practice that treats the patient lacks a complete referral."""
    since = case.taken_on(REFERRAL_FROM)
    lacks = [lack for lack in (_lack_of(case, practice) for practice in _practices(case)) if lack]
    if since is None or not lacks or case.term_is_over:
        return nothing

    def answer() -> list[CostWarning]:
        lacking = {lack.practice for lack in lacks}
        at_risk = [payment for payment in case.forecast().planned if _is_of(case, payment, lacking)]
        cents = sum(payment.basic_cents for payment in at_risk)
        return [
            CostWarning(
                "referral_missing",
                since,
                lacks[0].title,
                " ".join([*(lack.text for lack in lacks), _risk(case, cents)]),
                _("Ask your GP or specialist for a referral, with the diagnosis and the day you went home."),
                at_stake(cents),
                facts=tuple((lack.kind, lack.practice.pk if lack.practice else None) for lack in lacks),
            )
        ]

    return answer


@dataclass(frozen=True, slots=True)
class Lack:
    """What is wrong with the referral that a practice holds; without a practice, that none is known of."""

    kind: str
    practice: Practice | None
    title: str
    text: str


def _is_of(case: Case, payment: Payment, practices: set[Practice | None]) -> bool:
    session = payment.session
    return case.episode is not None and session.episode_id == case.episode.pk and session.practice in practices


def _risk(case: Case, cents: int) -> str:
    if cents > 0:
        return _("Without it basic insurance can refuse to pay: by your plan %(amount)s is at risk.") % {
            "amount": euros(cents)
        }
    if case.has_a_first_twenty:
        return _("Without it basic insurance can refuse to pay from session 21. By your plan nothing is at risk yet.")
    return _("Without it basic insurance can refuse to pay. By your plan nothing is at risk yet.")


def _lack_of(case: Case, practice: Practice | None) -> Lack | None:
    """What a practice lacks; None where its referral is complete."""
    own = [one for one in case.referrals if practice and one.practice_id == practice.pk]
    if own:
        dated = any(one.going_home_on for one in own)
        needs_it = case.episode is not None and case.episode.regime == "surgery"
        return _undated(practice) if needs_it and not dated else None
    if practice is None:
        text = _("We know of no referral.")
        return None if case.referrals else Lack("none", None, _("There is no referral on file"), text)
    if case.referrals:
        text = _("%(practice)s has no referral of its own.") % {"practice": practice}
        return Lack("other", practice, _("The referral is of another practice"), text)
    text = _("%(practice)s has no referral on file.") % {"practice": practice}
    return Lack("none", practice, _("There is no referral on file"), text)


def _undated(practice: Practice | None) -> Lack:
    text = _("The referral that %(practice)s has does not say on which day you went home.") % {"practice": practice}
    return Lack("undated", practice, _("The referral lacks the day you went home"), text)


def _practices(case: Case) -> list[Practice | None]:
    """The practices of the planned sessions of the episode, else that of the last one had."""
    had = [payment.session for payment in case.of_the_episode()]
    return list(dict.fromkeys(session.practice for session in case.planned_of_the_episode() or had[-1:]))
