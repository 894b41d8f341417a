"""Who may be mailed: patients who asked for it, at an address that is known to be theirs."""

from allauth.account.models import EmailAddress
from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, QuerySet

from tracker.models import Patient, User, WarningNote


def is_confirmed(user: User) -> bool:
    """Whether somebody showed that the address of their account is theirs."""
    found: bool = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    return found


def address_of(user: User) -> str:
    """The address somebody gave: their own, or the one they have yet to confirm."""
    if user.is_confirmed:
        return user.email
    waiting = EmailAddress.objects.filter(user=user).order_by("-primary", "pk").first()
    return str(waiting.email) if waiting else ""


def to_mail() -> QuerySet[Patient]:
    """The patients who want mail and whose address is confirmed; closed accounts are left out. One query."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True)
    wanting = Patient.objects.filter(wants_mail=True, user__is_active=True)
    return wanting.filter(Exists(confirmed)).select_related("user").order_by("pk")


def told_by_mail(patient: Patient) -> set[tuple[str, str]]:
    """What a patient was told of by mail, each its kind and its cause. One query."""
    sent = patient.warning_notes.filter(deed=WarningNote.Deed.SENT)
    return set(sent.values_list("kind", "fingerprint"))


#: What a signature is for: one made for something else stops no mail.
SIGNER = Signer(salt="tracker.stop_mail")


def stop_token(patient: Patient) -> str:
    """Whose mails a link stops, signed; it works as long as the site keeps its key.

    It names the account: that stays the same where its record is joined to that of a practice.
    """
    return SIGNER.sign(str(patient.user_id))


def patient_of(token: str) -> Patient | None:
    """The patient whose mails a link stops; None where it was not made here."""
    try:
        return Patient.objects.filter(user=int(SIGNER.unsign(token))).first()
    except BadSignature:
        return None
