"""The referral: without one, or with one that is not complete, basic insurance can refuse to pay."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import Practice, Session
from tracker.models.care import Service
from tracker.money import euros
from tracker.queries.answers import Payment
from tracker.queries.forecast import sum_up

from .case import Case
from .cost_warning import CostWarning, Step, at_stake
from .rule import Later, found, nothing

#: From so many positions taken a referral is to be there.
REFERRAL_FROM = 15


def referral_missing(case: Case) -> Later:
    """Fifteen positions are taken, and a practice that treats the patient lacks a complete referral.

    Each practice needs its own: at risk is what basic insurance pays of the planned sessions at those that lack one.
    """
    since = case.taken_on(REFERRAL_FROM)
    lacks = [lack for lack in (_lack_of(case, practice) for practice in _practices(case)) if lack]
    if since is None or not lacks or case.term_is_over:
        return nothing

    def answer() -> list[CostWarning]:
        lacking = {lack.practice for lack in lacks}
        cents = _at_risk(case.forecast().planned, lambda payment: _is_of(case, payment, lacking))
        had = [one for one in case.attended if one.basic_cents and _is_of(case, one, lacking)]
        return [
            CostWarning(
                "referral_missing",
                since,
                lacks[0].title,
                " ".join([*(lack.text for lack in lacks), _risk(case, cents), *_had_too(had)]),
                _("Ask your GP or specialist for a referral, with the diagnosis and the day you went home."),
                at_stake(cents),
                step=_note_it(case, lacks),
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


def _note_it(case: Case, lacks: list[Lack]) -> Step | None:
    """A referral is noted for the practice that holds it."""
    if case.episode is None or not any(lack.practice for lack in lacks):
        return None
    return Step(_("It is there: note it"), "patient:referral", (case.episode.uid,))


def _is_of(case: Case, payment: Payment, practices: set[Practice | None]) -> bool:
    session = payment.session
    return case.episode is not None and session.episode_id == case.episode.pk and session.practice in practices


def _risk(case: Case, cents: int) -> str:
    if cents > 0:
        return _("Without it basic insurance can refuse to pay: by your plan %(amount)s is at risk.") % {
            "amount": euros(cents)
        }
    if case.has_a_first_twenty:
        return _("Without it basic insurance can refuse to pay from session 21. Nothing in your plan is at risk yet.")
    return _("Without it basic insurance can refuse to pay. Nothing in your plan is at risk yet.")


def _at_risk(planned: list[Payment], refused: Callable[[Payment], bool]) -> int:
    """What is paid more out of pocket of the plan where basic insurance pays nothing of the refused sessions, in cents.

    Those draw nothing of the deductible then, so that the others of the year draw more of it.
    """
    cents = sum_up(filter(refused, planned)).basic_cents
    for year in {payment.session.held_on.year for payment in planned}:
        of_the_year = [payment for payment in planned if payment.session.held_on.year == year]
        others = sum_up(payment for payment in of_the_year if not refused(payment))
        eligible = others.deductible_cents + others.basic_cents
        cents += min(sum_up(of_the_year).deductible_cents, eligible) - others.deductible_cents
    return cents


def _had_too(had: list[Payment]) -> list[str]:
    """The amount is about the plan; that what was had can be refused as well is said in words."""
    if not had:
        return []
    text = ngettext(
        "Basic insurance can also refuse %(n)s session that you had already.",
        "Basic insurance can also refuse %(n)s sessions that you had already.",
        len(had),
    )
    return [text % {"n": len(had)}]


def referral_late(case: Case) -> Later:
    """Sessions were had before the day of the referral that their practice has; they are reckoned as usual."""
    late = [payment for payment in case.attended if _is_before_its_referral(case, payment.session)]
    practices = {payment.session.practice_id for payment in late}
    told = [one.told_on for one in case.referrals if one.practice_id in practices]
    if case.episode is None or not late or case.on < min(told):
        return nothing
    cents = sum(payment.basic_cents for payment in late)
    return found(
        CostWarning(
            "referral_late",
            max(min(told), case.on_file_since(late[0].session)),
            _("The referral is dated after your first sessions"),
            f"{_had_before(late)} {_refused(cents)}",
            _("Is there an earlier referral? Note its day. If not: ask your insurer what it makes of this."),
            at_stake(cents),
            facts=tuple(payment.session.pk for payment in late),
            hinges_on=(),
            step=Step(_("Change the referral"), "patient:referral", (case.episode.uid,)),
        )
    )


def _is_before_its_referral(case: Case, session: Session) -> bool:
    """A screening is had without a referral, and one without any is what `referral_missing` tells of."""
    if case.episode is None or session.episode_id != case.episode.pk or session.service == Service.SCREENING:
        return False
    own = [one.referred_on for one in case.referrals if one.practice_id == session.practice_id]
    return bool(own) and session.held_on < min(own)


def _had_before(late: list[Payment]) -> str:
    text = ngettext(
        "%(n)s session at %(practice)s was before the day of its referral.",
        "%(n)s sessions at %(practice)s were before the day of its referral.",
        len(late),
    )
    names = dict.fromkeys(str(payment.session.practice) for payment in late)
    return text % {"n": len(late), "practice": ", ".join(names)}


def _refused(cents: int) -> str:
    if cents > 0:
        return _("Basic insurance can refuse those: %(amount)s is at risk.") % {"amount": euros(cents)}
    return _("Basic insurance pays nothing of those, so no money is at risk.")


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
