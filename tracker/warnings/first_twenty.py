"""Around session 20: basic insurance takes over, with the deductible, and only with a referral."""

import datetime as dt

from django.utils.translation import gettext as _

from reimbursement import law
from reimbursement.arrays import Route
from tracker.days import short_day
from tracker.models import Practice, Referral
from tracker.money import euros

from .case import Case
from .cost_warning import CostWarning, at_stake
from .rule import Later, nothing

#: From so many positions taken the warnings begin.
NEAR = 17
REFERRAL_FROM = 15


def twenty_near(case: Case) -> Later:
    """Seventeen positions are taken: after the 20th basic insurance pays, and the deductible comes first."""
    since = case.taken_on(NEAR)
    if since is None or not _has_a_first_twenty(case):
        return nothing

    def answer() -> list[CostWarning]:
        planned = case.forecast().planned
        cents = sum(payment.deductible_cents for payment in planned)
        twentieth = case.forecast().twentieth
        first_basic = case.forecast().first_basic
        if case.is_past_the_first:
            title, text = _("You have had the first 20 sessions"), _("From now on basic insurance pays.")
        else:
            title = _("Session 20 is near")
            text = _("After session 20 basic insurance pays.")
            if twentieth is not None:
                day = short_day(twentieth.session.held_on)
                text = _("By your plan you have session 20 on %(day)s. After that basic insurance pays.") % {"day": day}
        return [
            CostWarning(
                "twenty_near",
                since,
                title,
                f"{text} {_deductible(cents)}",
                _("Nothing to do for it: your practice claims it with code 001 from session 21."),
                at_stake(cents),
                facts=(case.is_past_the_first, first_basic.session.held_on if first_basic else None),
            )
        ]

    return answer


def _has_a_first_twenty(case: Case) -> bool:
    return case.episode is not None and law.regime(case.episode.regime, case.on).first_sessions > 0


def _deductible(cents: int) -> str:
    if cents <= 0:
        return _("By your plan no deductible is left to pay on it.")
    return _("By your plan you pay %(amount)s of your deductible on it.") % {"amount": euros(cents)}


def referral_missing(case: Case) -> Later:
    """Fifteen positions are taken, and a practice that treats the patient lacks a complete referral."""
    since = case.taken_on(REFERRAL_FROM)
    if since is None or case.episode is None:
        return nothing
    lacking = _lacking(case)
    if lacking is None:
        return nothing
    title, text = lacking

    def answer() -> list[CostWarning]:
        basic = [payment for payment in case.forecast().planned if payment.route == Route.BASIC]
        cents = sum(payment.basic_cents for payment in basic)
        risk = (
            _("Without it basic insurance can refuse to pay: by your plan %(amount)s is at risk.")
            % {"amount": euros(cents)}
            if cents > 0
            else _("Without it basic insurance can refuse to pay from session 21.")
        )
        return [
            CostWarning(
                "referral_missing",
                since,
                title,
                f"{text} {risk}",
                _("Ask your GP or specialist for a referral, with the diagnosis and the day you went home."),
                at_stake(cents),
                facts=(title, text),
            )
        ]

    return answer


def _lacking(case: Case) -> tuple[str, str] | None:
    """What is wrong with the referrals of the practices that treat the patient; None where nothing is."""
    practices = _practices(case)
    held: dict[int, list[Referral]] = {}
    for referral in case.referrals:
        held.setdefault(referral.practice_id, []).append(referral)
    for practice in practices:
        own = held.get(practice.pk, [])
        if not own and held:
            return _("The referral is of another practice"), _("%(practice)s has no referral of its own.") % {
                "practice": practice
            }
        if not own:
            return _("There is no referral on file"), _("%(practice)s has no referral on file.") % {
                "practice": practice
            }
        if case.episode and case.episode.regime == "surgery" and not any(one.going_home_on for one in own):
            return _("The referral lacks the day you went home"), _(
                "The referral that %(practice)s has does not say on which day you went home."
            ) % {"practice": practice}
    return None


def _practices(case: Case) -> list[Practice]:
    """The practices of the planned sessions of the episode, else that of the last one had."""
    assert case.episode is not None
    planned = [session for session in case.planned if session.episode_id == case.episode.pk]
    had = [payment.session for payment in case.of_the_episode()]
    found = [session.practice for session in planned or had[-1:] if session.practice is not None]
    return list(dict.fromkeys(found))


def no_start(case: Case) -> Later:
    """Nine weeks after going home nothing was had: the treatment is to start within three months."""
    episode = case.episode
    if episode is None or episode.discharged_on is None or episode.regime != "surgery":
        return nothing
    since = episode.discharged_on + dt.timedelta(weeks=WEEKS_UNTIL_START)
    started = episode.sessions_before > 0 or any(
        payment.session.held_on >= episode.discharged_on and payment.position for payment in case.of_the_episode()
    )
    if case.on < since or started:
        return nothing
    home = short_day(episode.discharged_on)
    return lambda: [
        CostWarning(
            "no_start",
            since,
            _("You have had no session yet"),
            _("You went home on %(day)s. Insurers expect physiotherapy to start within three months of that.")
            % {"day": home},
            _("Did you have one already? Log it. If not: ask your insurer whether a later start is a problem."),
            facts=(episode.discharged_on,),
        )
    ]


WEEKS_UNTIL_START = 9
