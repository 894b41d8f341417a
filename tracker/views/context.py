"""What every page needs: the way around for who is signed in, and whether this is a demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker import roles
from tracker.demo.people import DEMO_PEOPLE
from tracker.models import Membership, Patient, User
from tracker.models.people import current, today

from .confirmation import state_of


@dataclass(frozen=True, slots=True)
class Place:
    """A page to go to, with a short title for the tabs of a phone; `holds` names the views that belong under it."""

    title: Promise
    short: Promise
    view: str
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the navigation of this page."""

    title: Promise
    short: Promise
    url: str
    current: bool


YEAR = Place(
    _("My year"),
    _("Year"),
    "patient:overview",
    (
        "patient:warnings",
        "patient:mail",
        "patient:referral",
        "patient:way_back",
        "patient:about",
        "patient:episode",
        "patient:complaint",
    ),
)
PLAN = Place(_("Plan"), _("Plan"), "patient:plan", ("patient:plan_series", "patient:planned", "patient:forecast"))
SESSIONS = Place(
    _("Sessions"),
    _("List"),
    "patient:sessions",
    ("patient:session", "patient:correct", "patient:cancel", "patient:question"),
)
LOG = Place(_("Log"), _("Log"), "patient:log")
INSURANCE = Place(
    _("Insurance"),
    _("Policy"),
    "patient:policies",
    tuple(f"patient:{name}" for name in ("policy", "copy", "used_elsewhere", "compare")),
)
DAY = Place(
    _("Today"),
    _("Today"),
    "physiotherapist:day",
    tuple(
        f"physiotherapist:{name}" for name in ("record", "plan", "sessions", "session", "correct", "cancel", "question")
    ),
)
DESK = Place(
    _("Front desk"),
    _("Front desk"),
    "front_desk:search",
    ("front_desk:coverage", "front_desk:invitation", "front_desk:referral"),
)
RULES = Place(_("Rules"), _("Rules"), "rules")

PLACES: dict[str, tuple[Place, ...]] = {
    roles.PATIENT: (YEAR, PLAN, LOG, SESSIONS, INSURANCE),
    roles.PHYSIOTHERAPIST: (DAY, DESK),
    roles.FRONT_DESK: (DESK, DAY),
    roles.MANAGER: (DESK, DAY),
}


def site(request: HttpRequest) -> dict[str, Any]:
    """The navigation for the user's roles, the practice they work at, and the languages."""
    user = getattr(request, "user", None)
    found, practice = roles_of(user) if user is not None and user.is_authenticated else ([], "")
    places = dict.fromkeys(place for role in found for place in PLACES[role])
    return {
        "navigation": [_entry(place, request) for place in [*places, RULES]],
        "workplace": practice,
        "confirmation": state_of(user) if isinstance(user, User) else None,
        "demo": settings.DEMO,
        "demo_people": DEMO_PEOPLE if settings.DEMO else (),
        "languages": settings.LANGUAGES,
    }


def start_page(user: User) -> str | None:
    """The view of the first place of somebody's first role; None for whoever has none."""
    found, _practice = roles_of(user)
    return PLACES[found[0]][0].view if found else None


def roles_of(user: User) -> tuple[list[str], str]:
    """The roles of who is signed in, their own year first, and the name of their practice."""
    found = [roles.PATIENT] if Patient.objects.filter(user=user).exists() else []
    memberships = Membership.objects.filter(current(today()), user=user).select_related("practice").order_by("pk")
    practices = [membership.practice.name for membership in memberships]
    return found + [membership.role for membership in memberships], practices[0] if practices else ""


def _entry(place: Place, request: HttpRequest) -> Entry:
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    return Entry(place.title, place.short, reverse(place.view), here == place.view or here in place.holds)
