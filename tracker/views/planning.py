"""From a filled-in form to a plan, for patients and staff alike: looked at first, then put on file."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.explanations.plan import after_the_term, difference_line, next_line, passed_over, without_a_package
from tracker.forms.plan import PlanForm
from tracker.forms.refusing import refuse
from tracker.models import Patient, Plan, Practice
from tracker.operations.plans import plan_series
from tracker.queries.plan_page import PlannedMonth, months_of
from tracker.queries.replanned import Replanned, preview

from . import plan_drafts
from .busy import BUSY, busy_sentence
from .plan_drafts import Draft
from .who import user_of


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would be: its days by month, what it costs and changes next, what it passes over or does not know."""

    replanned: Replanned
    months: list[PlannedMonth]
    lines: list[str]
    notices: list[str]

    @property
    def sessions(self) -> int:
        return len(self.replanned.sessions)


@dataclass(frozen=True, slots=True)
class Planner:
    """A page that plans: for whom, with which form, in which template, and where it goes on.

    `form` makes the form of what was typed, if anything; with `practice` it plans in that practice's name.
    """

    patient: Patient
    on: dt.date
    form: Callable[[QueryDict | None], PlanForm]
    template: str
    then: str
    practice: Practice | None = None

    def answer(self, request: HttpRequest) -> HttpResponse:
        """What was typed is kept and looked at; from there it is put on file, or begun anew."""
        if request.method != "POST":
            return self._shown(request)
        if request.POST.get("deed") == "plan":
            return self._planned(request)
        plan_drafts.forget(request) if request.POST.get("deed") == "anew" else plan_drafts.keep(request)
        return redirect(request.path)

    def _shown(self, request: HttpRequest) -> HttpResponse:
        draft = plan_drafts.kept(request)
        form = self.form(draft.typed if draft else None)
        preview = _looked_at(form, draft.id, on=self.on, staff=self._is_staff) if draft else None
        return self._page(request, form, draft, preview)

    def _planned(self, request: HttpRequest) -> HttpResponse:
        """Put on file what the page showed and nothing else; sent twice, it is answered like the first."""
        draft, meant = plan_drafts.kept(request), request.POST.get("draft", "")
        if draft is None or str(draft.id) != meant:
            return redirect(self.then if self._is_on_file(meant) else _told_of_another(request, draft))
        form = self.form(draft.typed)
        status = _put_on_file(request, form, draft.id, on=self.on, practice=self.practice)
        if status != 302:
            return self._page(request, form, draft, None, status=status)
        plan_drafts.forget(request)
        return redirect(self.then)

    def _page(
        self, request: HttpRequest, form: PlanForm, draft: Draft | None, preview: Preview | None, status: int = 200
    ) -> HttpResponse:
        context = {"patient": self.patient, "form": form, "draft": draft, "preview": preview}
        return render(request, self.template, context, status=status)

    def _is_on_file(self, meant: str) -> bool:
        try:
            return Plan.objects.filter(patient=self.patient, client_id=uuid.UUID(meant)).exists()
        except ValueError:
            return False

    @property
    def _is_staff(self) -> bool:
        return self.practice is not None


def _told_of_another(request: HttpRequest, draft: Draft | None) -> str:
    """Say that the page showed what is not kept any more; the page that shows what is."""
    if draft:
        says = _("Other days were looked at in another window since. Nothing is planned yet: these are the latest.")
    else:
        says = _("These days are not kept any more. Nothing is planned yet: fill them in once more.")
    messages.warning(request, says)
    return request.path


def _looked_at(form: PlanForm, client_id: uuid.UUID, *, on: dt.date, staff: bool) -> Preview | None:
    """What the form's plan would be; None where it says what is wrong."""
    if not form.is_valid():
        return None
    try:
        replanned = preview(form.patient, form.series(client_id), on=on)
    except ValidationError as error:
        refuse(form, error)
        return None
    planned = {session.pk for session in replanned.sessions}
    own = [payment for payment in replanned.after.planned if payment.session.pk in planned]
    notices = passed_over(replanned)
    if not form.patient.operation_unknown:
        notices += [*after_the_term(replanned), *without_a_package(replanned, staff=staff)]
    return Preview(replanned, months_of(own, on=on), lines(replanned, staff=staff), notices)


def _put_on_file(
    request: HttpRequest, form: PlanForm, client_id: uuid.UUID, *, on: dt.date, practice: Practice | None
) -> int:
    """The answer's status: 302 where the plan is on file, else that of the form shown again. 404 for a stranger."""
    if not form.is_valid():
        return 200
    by, series = user_of(request), form.series(client_id)
    try:
        done = plan_series(patient=form.patient, by=by, on=on, recorded_for=practice, **series)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        refuse(form, error)
        return 200
    except OperationalError as error:
        form.add_error(None, busy_sentence(error))
        return BUSY
    _tell(request, done, staff=practice is not None)
    return 302


def lines(replanned: Replanned, *, staff: bool = False) -> list[str]:
    """What a change of the plan does to its costs, and what changes next; nothing while nothing is computed."""
    if replanned.sessions[0].patient.operation_unknown:
        return []
    return [line for line in (difference_line(replanned, staff=staff), next_line(replanned)) if line]


def _tell(request: HttpRequest, done: Replanned, *, staff: bool) -> None:
    number = len(done.sessions)
    planned = ngettext("Planned: %(number)s session.", "Planned: %(number)s sessions.", number) % {"number": number}
    messages.success(request, " ".join([planned, *lines(done, staff=staff)]))
    for line in passed_over(done):
        messages.success(request, line)
