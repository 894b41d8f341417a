"""A warning: sessions are planned after the end of a term, where basic insurance no longer pays for them."""

from collections.abc import Iterable, Sequence

from reimbursement import Reason
from tracker.models import Session

from .answers import AfterTerm, Care, Payment


def after_term(paid: Iterable[Payment], known: Sequence[Care]) -> list[AfterTerm]:
    """The planned sessions after the end of each term, with what they cost; nothing for a term without any. No query.

    A session that basic insurance pays all the same, as it can under 18, is none of them.
    """
    late = [payment for payment in paid if _is_late(payment)]
    found = [(care, [payment for payment in late if payment.session.episode == care.episode]) for care in known]
    return [AfterTerm(care, payments) for care, payments in found if payments]


def _is_late(payment: Payment) -> bool:
    return payment.session.status == Session.State.PLANNED and payment.reason == Reason.WINDOW_ENDED
