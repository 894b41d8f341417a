"""A plan that is looked at, kept in the browser's session: days of treatment stand in no address and no history.

There is one for each page that plans, so one a patient. It goes when it is put on file, with the next that is looked
at, and with the session itself.
"""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from tracker.forms.plan import PlanForm

from .typed import as_posted, typed_in

KEY = "plans"
#: Who looks at plans of more patients than these has put the first of them out of mind.
MOST_KEPT = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, under an id of its own: other days are another draft. The plan on file takes that id."""

    id: uuid.UUID
    typed: QueryDict


def keep(request: HttpRequest) -> None:
    """Keep what was posted to this page, in place of what was kept of it."""
    forget(request)
    drafts = list(request.session.get(KEY, {}).items())[1 - MOST_KEPT :]
    draft = {"id": str(uuid.uuid4()), "typed": typed_in(request.POST, PlanForm.base_fields)}
    request.session[KEY] = dict([*drafts, (request.path, draft)])


def kept(request: HttpRequest) -> Draft | None:
    """What was typed on this page last, if anything."""
    draft = request.session.get(KEY, {}).get(request.path)
    return Draft(uuid.UUID(draft["id"]), as_posted(draft["typed"])) if draft else None


def forget(request: HttpRequest) -> None:
    """Nothing is kept of this page any more."""
    if request.session.get(KEY, {}).pop(request.path, None):
        request.session.modified = True
