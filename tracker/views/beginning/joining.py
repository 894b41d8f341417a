"""Entering the code of a practice: one's own account becomes that of its record."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.forms.account_begin import CodeForm
from tracker.forms.joining import OverlapForm
from tracker.models import Invitation, Patient, User
from tracker.models.people import today
from tracker.operations.invitations import find_invitation, hashed
from tracker.operations.joining import Choices, join_account
from tracker.queries.overlap import overlap
from tracker.views.who import user_of

from . import invited
from .questions import own_record


@require_safe
@login_not_required
def code_link(request: HttpRequest, code: str) -> HttpResponse:
    """The link in the letter: the code goes into the form, and out of the address."""
    invited.keep_typed(request, code)
    return redirect("begin:join")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@rate_limit(action="invitation_code")  # type: ignore[untyped-decorator]
def join(request: HttpRequest) -> HttpResponse:
    """Type the code; whoever is signed in joins, anybody else makes an account or signs in first."""
    kept = invited.code(request)
    form = CodeForm(request.POST if "code" in request.POST else None, initial={"code": invited.typed(request)})
    if request.method == "POST" and (kept if "code" not in request.POST else _right(request, form)):
        return _go_on(request)
    found = _invitation(request) if kept and request.user.is_authenticated else None
    return render(request, "beginning/join.html", {"form": form, "invitation": found})


@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest) -> HttpResponse:
    """What stands in both records: which of it is the same?"""
    own, found = own_record(request), _invitation(request)
    if own is None or found is None:
        return redirect("begin:join")
    form = OverlapForm(overlap(own, found.patient), request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _joined(request, form.choices())
    return render(request, "beginning/same.html", {"form": form, "practice": found.practice})


def _right(request: HttpRequest, form: CodeForm) -> bool:
    """Whether the code works for who typed it; it is then remembered."""
    if not form.is_valid():
        return False
    code_hash = hashed(form.cleaned_data["code"])
    try:
        find_invitation(code_hash, by=_signed_in(request), now=timezone.now(), on=today())
    except ValidationError as error:
        form.add_error("code", error)
        return False
    invited.keep(request, code_hash)
    return True


def _go_on(request: HttpRequest) -> HttpResponse:
    return _joined(request, None) if request.user.is_authenticated else redirect("begin:account")


def _joined(request: HttpRequest, choices: Choices | None) -> HttpResponse:
    """On to the questions, filled in; back to the code where it stopped working meanwhile."""
    try:
        _join(request, choices)
    except ValidationError as error:
        if getattr(error, "code", "") == "twice":
            return redirect("begin:same")
        invited.forget(request)
        messages.error(request, " ".join(error.messages))
        return redirect("begin:join")
    return redirect("begin:start")


def _join(request: HttpRequest, choices: Choices | None) -> Patient:
    """404 where a choice is about something else than was asked."""
    code_hash = invited.code(request)
    try:
        record = join_account(code_hash=code_hash, by=user_of(request), now=timezone.now(), on=today(), choices=choices)
    except PermissionDenied as error:
        raise Http404 from error
    invited.forget(request)
    messages.success(request, _("Your account is joined to the record of your practice. Is what it says right?"))
    return record


def _invitation(request: HttpRequest) -> Invitation | None:
    """The invitation of the code that was typed, while it works."""
    try:
        return find_invitation(invited.code(request), by=_signed_in(request), now=timezone.now(), on=today())
    except ValidationError:
        return None


def _signed_in(request: HttpRequest) -> User | None:
    return user_of(request) if request.user.is_authenticated else None
