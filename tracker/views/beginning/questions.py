"""The five questions, one a screen: before there is an account, and of a patient who has a record already."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tracker.forms.beginning import QUESTIONS, Question, known_of
from tracker.models import Patient
from tracker.models.people import today
from tracker.operations.beginning import answer
from tracker.queries.told import initial_of
from tracker.views.memory import remember
from tracker.views.who import user_of

from . import drafts

ORDER = tuple(QUESTIONS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question stands among the five, and the addresses before and after it."""

    name: str

    @property
    def number(self) -> int:
        return ORDER.index(self.name) + 1

    @property
    def count(self) -> int:
        return len(ORDER)

    @property
    def template(self) -> str:
        return f"beginning/{self.name}.html"

    @property
    def back(self) -> str:
        before = self.number - 2
        return reverse("begin:question", args=[ORDER[before]]) if before >= 0 else reverse("home")

    @property
    def after(self) -> str:
        if self.number == len(ORDER):
            return reverse("begin:account")
        return reverse("begin:question", args=[ORDER[self.number]])


@require_safe
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """To the first question."""
    return redirect("begin:question", ORDER[0])


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def question(request: HttpRequest, name: str) -> HttpResponse:
    """One of the five. A patient's answer goes on file, anybody else's waits in the session."""
    if name not in QUESTIONS:
        raise Http404
    place, patient = Place(name), own_record(request)
    form = _form(request, name, patient)
    if request.method == "POST" and _done(request, form, name, patient):
        return redirect(_next(request, place, patient))
    context = {"form": form, "place": place, "patient": patient, "only": "only" in request.GET}
    return render(request, place.template, context)


def own_record(request: HttpRequest) -> Patient | None:
    """The record of who is signed in; None where nobody is, or where they have none."""
    return Patient.objects.filter(user=user_of(request)).first() if request.user.is_authenticated else None


def _form(request: HttpRequest, name: str, patient: Patient | None) -> Question:
    if patient is not None:
        known = known_of(patient, on=today())
        return QUESTIONS[name](request.POST or None, known=known, initial=initial_of(patient, name, on=today()))
    if request.method == "POST":
        return QUESTIONS[name](request.POST, known=drafts.known_from(drafts.answers(request)))
    return drafts.form(request, name)


def _done(request: HttpRequest, form: Question, name: str, patient: Patient | None) -> bool:
    """Whether the answer is kept, or the question skipped; else the form says what is wrong."""
    skipped = "skip" in request.POST
    if patient is None:
        if skipped or form.is_valid():
            drafts.keep(request, name, request.POST, skipped=skipped)
            return True
        return False
    return skipped or (form.is_valid() and _on_file(request, form, name, patient))


def _on_file(request: HttpRequest, form: Question, name: str, patient: Patient) -> bool:
    """Whether the answer stands on file; one that was only confirmed changes nothing."""
    if not form.has_changed():
        return True
    try:
        found = answer(patient=patient, by=user_of(request), on=today(), question=name, said=form.said())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    remember(request, "record", found)
    return True


def _next(request: HttpRequest, place: Place, patient: Patient | None) -> str:
    """The next question; of a patient who came for this one alone, or who is done, the page about them."""
    if patient is not None and ("only" in request.GET or place.number == place.count):
        return reverse("patient:about" if "only" in request.GET else "patient:overview")
    return place.after
