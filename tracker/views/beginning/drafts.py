"""What was answered before there is an account: kept in the browser's session as it was typed, and nowhere else."""

from typing import Any

from django.http import HttpRequest, QueryDict

from tracker.forms.beginning import QUESTIONS, Known, Question
from tracker.models.people import today
from tracker.views.typed import as_posted, typed_in

KEY = "beginning"


def keep(request: HttpRequest, question: str, posted: QueryDict, *, skipped: bool) -> None:
    """Remember what was typed at a question; skipped, it is shown again but not reckoned with."""
    kept = {"typed": typed_in(posted, QUESTIONS[question].base_fields), "skipped": skipped}
    request.session[KEY] = request.session.get(KEY, {}) | {question: kept}


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def any_kept(request: HttpRequest) -> bool:
    return bool(request.session.get(KEY))


def typed(request: HttpRequest, question: str) -> QueryDict | None:
    """What was typed at a question, as a form takes it; None where it was not reached."""
    kept = request.session.get(KEY, {}).get(question)
    return None if kept is None else as_posted(kept["typed"])


def answers(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """What was answered, cleaned, by question; what was skipped or is no longer right is left out."""
    found: dict[str, dict[str, Any]] = {}
    for name in QUESTIONS:
        form = _answered(request, name, known_from(found))
        if form is not None and form.is_valid():
            found[name] = form.said()
    return found


def form(request: HttpRequest, question: str) -> Question:
    """A question as it was left: with what is wrong in it, if it was answered so; a skipped one without remarks."""
    known, kept = known_from(answers(request)), typed(request, question)
    if kept is not None and request.session[KEY][question]["skipped"]:
        return QUESTIONS[question](known=known, initial=kept.dict())
    return QUESTIONS[question](kept, known=known)


def first_wrong(request: HttpRequest) -> str | None:
    """The first question whose answer does not go with the others any more: one was changed since."""
    said = answers(request)
    kept = request.session.get(KEY, {})
    return next((name for name in QUESTIONS if name in kept and not kept[name]["skipped"] and name not in said), None)


def told(request: HttpRequest) -> dict[str, Any]:
    """What the summary of the answers shows, with what stands in for those left open."""
    said = answers(request)
    return {"said": said, "known": known_from(said)}


def known_from(said: dict[str, dict[str, Any]]) -> Known:
    """What later questions lean on, from what was answered at earlier ones."""
    package = said.get("insurance", {}).get("package")
    return Known(
        on=today(),
        operated_on=said.get("operation", {}).get("operated_on"),
        package_cents=bool(package and package.supplementary_cents is not None),
    )


def _answered(request: HttpRequest, question: str, known: Known) -> Question | None:
    kept = request.session.get(KEY, {}).get(question)
    if kept is None or kept["skipped"]:
        return None
    return QUESTIONS[question](typed(request, question), known=known)
