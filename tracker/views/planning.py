"""From a filled-in form to a plan, for patients and staff alike: looked at first, then put on file."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest
from django.utils.translation import ngettext

from tracker.explanations.plan import difference_line, next_line, passed_over, without_a_package
from tracker.forms.plan import PlanForm
from tracker.forms.refusing import refuse
from tracker.models import Plan, Practice
from tracker.operations.plans import plan_series
from tracker.queries.plan_page import PlannedMonth, months_of
from tracker.queries.replanned import Replanned, preview

from .busy import BUSY, busy_sentence
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


def looked_at(form: PlanForm, *, on: dt.date, staff: bool = False) -> Preview | None:
    """What the form's plan would be; None where it is not filled in, or says what is wrong."""
    if not form.is_valid():
        return None
    try:
        replanned = preview(form.patient, form.series(), on=on)
    except ValidationError as error:
        refuse(form, error)
        return None
    if Plan.objects.filter(client_id=form.cleaned_data["client_id"]).exists():
        form.renew()
    planned = {session.pk for session in replanned.sessions}
    own = [payment for payment in replanned.after.planned if payment.session.pk in planned]
    notices = passed_over(replanned)
    if not form.patient.operation_unknown:
        notices += without_a_package(replanned, staff=staff)
    return Preview(replanned, months_of(own, on=on), lines(replanned, staff=staff), notices)


def put_on_file(request: HttpRequest, form: PlanForm, *, on: dt.date, practice: Practice | None = None) -> int:
    """The answer's status: 302 where the plan is on file, else that of the form shown again. 404 for a stranger."""
    if not form.is_valid():
        return 200
    try:
        done = plan_series(patient=form.patient, by=user_of(request), on=on, recorded_for=practice, **form.series())
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
