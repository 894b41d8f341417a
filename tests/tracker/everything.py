"""Alice with a row of everything, and every page of the site that shows some of it."""

import datetime as dt
from typing import Any

from django.urls import reverse

from tests.tracker.people import TODAY, People
from tracker.models import Episode, Plan, Referral, Session, UsedElsewhere

DAY = dt.timedelta(days=1)


def fill(people: People) -> People:
    """Sessions had and planned by both sides, a referral, a plan, an entry of what was used elsewhere."""
    people.had(14)
    people.planned(TODAY + 5 * DAY)
    people.planned(TODAY - 5 * DAY)
    people.alice_logs(TODAY + 9 * DAY, status=Session.State.PLANNED)
    Plan.objects.create(patient=people.alice, first_on=TODAY, last_on=TODAY, weekdays="2")
    Episode.objects.update(sessions_before=1, first_session_before_on=dt.date(2026, 4, 1))
    home = {"referred_on": TODAY, "going_home_on": dt.date(2026, 3, 21)}
    Referral.objects.create(episode=people.episode, practice=people.bridge, referred_by="Vos", **home)
    policy = people.alice.policies.get(year=2026)
    UsedElsewhere.objects.create(policy=policy, noted_on=TODAY, sessions=1, source="portal")
    return people


def pages(people: People, session: Session) -> list[tuple[Any, str]]:
    """Who looks at which page."""
    alice, bram, carla = people.alice_herself, people.bram, people.carla
    own = "overview sessions log about complaint warnings mail plan plan_series forecast way_back policies"
    found = [(alice, reverse(f"patient:{name}")) for name in own.split()]
    for name in ("policy", "compare", "used_elsewhere", "copy"):
        found += [(alice, reverse(f"patient:{name}", args=[year])) for year in (2026, 2027)]
    for name in ("session", "correct", "cancel", "planned", "question"):
        found.append((alice, reverse(f"patient:{name}", args=[session.client_id])))
    found += [(alice, reverse(f"patient:{name}", args=[people.episode.uid])) for name in ("episode", "referral")]
    found += [(alice, reverse("begin:question", args=[name])) for name in ("operation", "birth", "sessions")]
    for name in ("sessions", "record", "plan"):
        found.append((bram, reverse(f"physiotherapist:{name}", args=[people.alice.uid])))
    for name in ("session", "correct", "cancel"):
        found.append((bram, reverse(f"physiotherapist:{name}", args=[session.client_id])))
    found += [(bram, f"{reverse('physiotherapist:day')}?on={day}") for day in ("", "1900-01-01", "9999-12-31")]
    found.append((carla, reverse("front_desk:coverage", args=[people.alice.uid])))
    found.append((carla, reverse("front_desk:referral", args=[people.episode.uid])))
    return found
