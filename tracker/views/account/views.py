"""Where somebody lands after signing in, the demo's one tap, and the language."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import i18n
from django.views.decorators.http import require_POST, require_safe

from tracker.demo.people import DEMO_PEOPLE
from tracker.models import User
from tracker.views.context import start_page
from tracker.views.who import user_of

set_language = login_not_required(i18n.set_language)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the page somebody came for; whoever is neither patient nor staff is told what to do."""
    page = start_page(user_of(request))
    return redirect(page) if page else render(request, "account/nobody.html")


@require_POST
@login_not_required
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people; there is no such address outside the demo."""
    if not settings.DEMO or request.POST.get("user") not in {person.email for person in DEMO_PEOPLE}:
        raise Http404
    user = get_object_or_404(User, email=request.POST["user"])
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
