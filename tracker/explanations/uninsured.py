"""Sessions that no insurance is asked about, and the part of a session that none covers."""

from django.utils.translation import gettext as _

from reimbursement import Reason
from tracker.money import euros
from tracker.queries.answers import Payment

from .package import amounts


def not_charged(payment: Payment) -> list[str]:
    """A no-show, a cancelled session, a planned one nobody recorded."""
    if payment.reason == Reason.NO_SHOW:
        return [_("You did not come to this appointment."), _no_show(payment)]
    if payment.reason == Reason.CANCELLED:
        return [_("This session was cancelled."), _("It costs nothing and takes no number.")]
    return [
        _("This session was planned, and nobody has recorded that it took place."),
        _("As long as that is so it costs nothing and takes no number."),
    ]


def _no_show(payment: Payment) -> str:
    if not payment.charge_cents:
        return _("The practice charges nothing for it.")
    return _("An insurer never pays for a missed appointment, so you pay it yourself: %(own)s.") % amounts(payment)


def uninsured_part(payment: Payment) -> list[str]:
    """The part that no insurance covers, where another part is claimed."""
    session = payment.session
    if not session.uninsured_cents or session.uninsured_cents == session.price_cents:
        return []
    named = {"uninsured": euros(session.uninsured_cents)}
    if session.home_visit:
        return [
            _("The surcharge of %(uninsured)s is not insured, because there is no medical need for a home visit.")
            % named
        ]
    return [_("Of the price, %(uninsured)s is not covered by any insurance.") % named]
