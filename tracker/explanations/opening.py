"""The first sentence: which session this is, and which insurance it belongs to."""

from django.utils.translation import gettext as _

from reimbursement import Reason, law
from tracker.queries.answers import Payment, is_operation
from tracker.queries.care import under_age

#: Why a session is out of reach of its condition's basic care; under 18 some of these are basic care all the same.
OUT_OF_REACH = (Reason.NOT_LISTED, Reason.BEFORE_WINDOW, Reason.WINDOW_ENDED, Reason.BEYOND_MAXIMUM)


def regime_of(payment: Payment) -> law.Regime | None:
    """The regime of the session's episode as it holds on its day; None for another complaint."""
    session = payment.session
    return law.regime(session.episode.regime, session.held_on) if session.episode else None


def first_of(payment: Payment) -> int:
    """How many sessions of the session's episode are not basic care for an adult; 20 for another complaint."""
    regime = regime_of(payment)
    return regime.first_sessions if regime else law.regime("surgery", payment.session.held_on).first_sessions


def is_minors(payment: Payment) -> bool:
    """Whether the session is one of those that basic insurance pays under 18 for what is out of reach otherwise."""
    return payment.reason == Reason.MINOR and payment.claim_code == law.minors(payment.session.held_on).claim_code


def past_minors(payment: Payment) -> bool:
    """Whether the session comes after all of those of the calendar year."""
    session = payment.session
    return payment.reason in OUT_OF_REACH and under_age(session.patient, on=session.held_on)


def opening(payment: Payment, first: int) -> str:
    if past_minors(payment):
        return f"{_out_of_reach(payment)} {_minors_used_up(payment)}"
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
    sessions = {"sessions": law.minors(payment.session.held_on).unlisted_sessions}
    if is_minors(payment) and payment.session.episode:
        return (
            _(
                "This session falls outside the term or the maximum of your condition;"
                " under 18, basic insurance still pays up to %(sessions)s of those a year."
            )
            % sessions
        )
    if is_minors(payment):
        return (
            _("Under 18, basic insurance pays up to %(sessions)s sessions a year without a listed condition.")
            % sessions
        )
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
    if is_operation(payment.session.episode):
        return _("This session was before your operation, so it is not basic care and takes no number.")
    return _("This session was before your condition began, so it is not basic care and takes no number.")


def _not_listed(payment: Payment, first: int) -> str:
    return _(
        "This session is for a complaint that is not on basic insurance's list,"
        " so it is not basic care and takes no number."
    )


def _out_of_reach(payment: Payment) -> str:
    """What keeps a session out of its condition's basic care, and nothing about who pays."""
    if payment.reason == Reason.BEYOND_MAXIMUM:
        return _beyond_maximum(payment, 0)
    if payment.reason == Reason.WINDOW_ENDED:
        regime = regime_of(payment)
        return _("The term of %(months)s months is over.") % {"months": regime.term_months if regime else None}
    if payment.reason == Reason.NOT_LISTED:
        return _("This session is for a complaint that is not on basic insurance's list.")
    if is_operation(payment.session.episode):
        return _("This session was before your operation.")
    return _("This session was before your condition began.")


def _minors_used_up(payment: Payment) -> str:
    held_on = payment.session.held_on
    return _(
        "Under 18, basic insurance pays %(sessions)s sessions a year all the same, and those of %(year)s are used up."
    ) % {"sessions": law.minors(held_on).unlisted_sessions, "year": held_on.year}
