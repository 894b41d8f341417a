"""The first sentence: which session this is, and which insurance it belongs to."""

from django.utils.translation import gettext as _

from reimbursement import Reason, law
from tracker.queries.answers import Payment


def regime_of(payment: Payment) -> law.Regime | None:
    """The regime of the session's episode as it holds on its day; None for another complaint."""
    session = payment.session
    return law.regime(session.episode.regime, session.held_on) if session.episode else None


def first_of(payment: Payment) -> int:
    """How many sessions of the session's episode are not basic care for an adult; 20 for another complaint."""
    regime = regime_of(payment)
    return regime.first_sessions if regime else law.regime("surgery", payment.session.held_on).first_sessions


def opening(payment: Payment, first: int) -> str:
    openings = {
        Reason.WITHIN_FIRST: _within_first,
        Reason.AFTER_FIRST: _after_first,
        Reason.MINOR: _minor,
        Reason.BEYOND_MAXIMUM: _beyond_maximum,
        Reason.WINDOW_ENDED: _window_ended,
        Reason.BEFORE_WINDOW: _before_window,
        Reason.NOT_LISTED: _not_listed,
    }
    return openings[payment.reason](payment, first)


def what(payment: Payment) -> str:
    """The session by its number, or as what takes none: "Session 13", "This intake"."""
    if payment.position is not None:
        return _("Session %(position)s") % {"position": payment.position}
    return _("This intake") if payment.session.is_intake else _("This session")


def _within_first(payment: Payment, first: int) -> str:
    if payment.position is None:
        return _("%(what)s does not count among the first %(first)s.") % {"what": what(payment), "first": first}
    return _("Session %(position)s of the first %(first)s.") % {"position": payment.position, "first": first}


def _after_first(payment: Payment, first: int) -> str:
    if payment.position is None:
        return _("%(what)s takes no number; like the session that follows, it is basic care.") % {"what": what(payment)}
    if not first:
        return _("Session %(position)s: for this condition basic insurance pays from the first one on.") % {
            "position": payment.position
        }
    return _("Session %(position)s: you have had the first %(first)s, so it is basic care.") % {
        "position": payment.position,
        "first": first,
    }


def _minor(payment: Payment, first: int) -> str:
    minors = law.minors(payment.session.held_on)
    if payment.claim_code == minors.claim_code:
        return _("Under 18, basic insurance pays up to %(sessions)s sessions a year without a listed condition.") % {
            "sessions": minors.unlisted_sessions
        }
    return _("%(what)s: under 18, basic insurance pays from the first one on.") % {"what": what(payment)}


def _beyond_maximum(payment: Payment, first: int) -> str:
    regime = regime_of(payment)
    most = regime.basic_sessions if regime else None
    return _("%(what)s: basic insurance pays %(most)s sessions for this condition, and those are used up.") % {
        "what": what(payment),
        "most": most,
    }


def _window_ended(payment: Payment, first: int) -> str:
    regime = regime_of(payment)
    months = regime.term_months if regime else None
    return _("The term of %(months)s months is over, so this session is no longer basic care.") % {"months": months}


def _before_window(payment: Payment, first: int) -> str:
    return _("This session was before your operation, so it is not basic care and takes no number.")


def _not_listed(payment: Payment, first: int) -> str:
    return _("This session is for another complaint, so it is not basic care and takes no number.")
