"""What stands twice when the record of a patient's own account is joined to that of their practice."""

from dataclasses import dataclass

from tracker.models import Episode, Patient, Policy, Session


@dataclass(frozen=True, slots=True)
class Twice:
    """A session of one's own record, and one of the practice's on the same day."""

    own: Session
    theirs: Session


@dataclass(frozen=True, slots=True)
class Overlap:
    """What has to be asked before two records become one.

    `episodes` are one's own operations on another day than those of the practice, with the latter to choose from;
    `matched` those of the same day and entry of Appendix 1, by id of the own one. `counted` are matched or possible
    pairs with sessions had before, which the practice's record may hold.
    """

    sessions: list[Twice]
    policies: list[tuple[Policy, Policy]]
    matched: dict[int, Episode]
    episodes: list[Episode]
    theirs: list[Episode]
    counted: list[Episode]

    @property
    def anything(self) -> bool:
        return bool(self.sessions or self.policies or self.episodes or self.counted)


def overlap(own: Patient, theirs: Patient) -> Overlap:
    """What two records both have. Six queries."""
    on_file = list(theirs.episodes.all())
    by_day = {(episode.operated_on, episode.regime): episode for episode in on_file}
    mine = {episode: (episode.operated_on, episode.regime) for episode in own.episodes.all()}
    matched = {episode.pk: by_day[day] for episode, day in mine.items() if day in by_day}
    return Overlap(
        sessions=_sessions(own, theirs),
        policies=_policies(own, theirs),
        matched=matched,
        episodes=[episode for episode in mine if episode.pk not in matched] if on_file else [],
        theirs=on_file,
        counted=[episode for episode in mine if on_file and episode.sessions_before],
    )


def _sessions(own: Patient, theirs: Patient) -> list[Twice]:
    """Pairs of one day, each session in one pair at most; cancelled ones are not asked about."""
    related = ("practice", "patient")
    of_day: dict[object, list[Session]] = {}
    for session in theirs.sessions.exclude(status=Session.State.CANCELLED).select_related(*related).in_order():
        of_day.setdefault(session.held_on, []).append(session)
    mine = own.sessions.exclude(status=Session.State.CANCELLED).select_related(*related).in_order()
    return [Twice(session, of_day[session.held_on].pop(0)) for session in mine if of_day.get(session.held_on)]


def _policies(own: Patient, theirs: Patient) -> list[tuple[Policy, Policy]]:
    related = ("insurer", "package")
    by_year = {policy.year: policy for policy in theirs.policies.select_related(*related)}
    return [
        (policy, by_year[policy.year]) for policy in own.policies.select_related(*related) if policy.year in by_year
    ]
