"""What the rules look at: one patient on one day. Everything is read once, and all futures are asked for together."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils import timezone

from reimbursement import law
from tracker.models import ChangedBill, Episode, Patient, Policy, Referral, Session, UsedElsewhere
from tracker.queries.answers import Payment, Term
from tracker.queries.care import under_age
from tracker.queries.forecast import Course, Forecast, forecast
from tracker.queries.futures import Answer, Futures
from tracker.queries.payments import stored
from tracker.queries.plan import Plan, plan_of
from tracker.queries.replaced import Terms, terms_of
from tracker.queries.scenarios import Scenario
from tracker.queries.terms import term_of


@dataclass(frozen=True, slots=True)
class Case:
    """One patient on one day, with what is planned and what is on file.

    `had` are the stored payments up to the day, in order. `episodes` are those that something may be about to happen
    to, the first to come before the others; `episode` is the one that is looked at, with its `term` and `referrals`.
    `today` is the plan as it stands, once `futures` were reckoned; `terms` are the prices and contracts on file of the
    practices of the plan.
    """

    plan: Plan
    futures: Futures
    today: Answer
    forecast: Callable[[], Forecast]
    had: list[Payment]
    episodes: list[Episode]
    episode: Episode | None
    term: Term | None
    every_referral: list[Referral]
    used_elsewhere: list[UsedElsewhere]
    changed_bills: list[ChangedBill]
    terms: Terms

    @property
    def on(self) -> dt.date:
        return self.plan.on

    @property
    def patient(self) -> Patient:
        return self.plan.patient

    @property
    def referrals(self) -> list[Referral]:
        """Those of the episode."""
        return [one for one in self.every_referral if self.episode and one.episode_id == self.episode.pk]

    def each(self) -> list["Case"]:
        """The same case, each episode looked at in its turn."""
        return [self.about(episode) for episode in self.episodes] or [self]

    def about(self, episode: Episode) -> "Case":
        """The same case, this episode looked at."""
        return replace(self, episode=episode, term=term_of(episode, self.plan.scenario.given, on=self.on))

    @property
    def policy(self) -> Policy | None:
        """The policy of the day's calendar year."""
        return self.plan.policies.get(self.on.year)

    def insurer_in(self, year: int) -> int | None:
        """The insurer (id) of a calendar year, where it is on file."""
        policy = self.plan.policies.get(year)
        return policy.insurer_id if policy else None

    @property
    def planned(self) -> list[Session]:
        """The planned sessions that count, in order."""
        return self.plan.planned

    @property
    def planned_since(self) -> dt.date:
        """The day on which the plan became what it is: its last session was put on file."""
        return max((self.on_file_since(session) for session in self.planned), default=self.on)

    @property
    def attended(self) -> list[Payment]:
        """What was had and not missed or cancelled, in order."""
        return [payment for payment in self.had if payment.session.status == Session.State.ATTENDED]

    @property
    def has_a_first_twenty(self) -> bool:
        """Whether the first sessions are not basic care, as they are under 18 and for some conditions."""
        return (
            self.is_adult and self.episode is not None and law.regime(self.episode.regime, self.on).first_sessions > 0
        )

    def attended_in(self, year: int) -> list[Payment]:
        return [payment for payment in self.attended if payment.session.held_on.year == year]

    def planned_of_the_episode(self) -> list[Session]:
        return [session for session in self.planned if self.episode and session.episode_id == self.episode.pk]

    def course(self) -> Course | None:
        """What is planned of the episode and who pays for it, once the futures were reckoned; None for nothing."""
        return next((one for one in self.forecast().courses if self.episode and one.episode == self.episode), None)

    @property
    def term_is_over(self) -> bool:
        """Whether the term has ended in every reading."""
        return self.term is not None and self.term.latest_end is not None and self.term.latest_end <= self.on

    @property
    def is_adult(self) -> bool:
        """On the day; whoever did not tell their date of birth is one."""
        return not under_age(self.patient, on=self.on)

    def on_file_since(self, session: Session) -> dt.date:
        """The day on which a session was put on file."""
        return min(timezone.localtime(session.recorded_at).date(), self.on)

    def ask(self, scenario: Scenario) -> Answer:
        return self.futures.ask(scenario)

    def saved(self, without_the_cause: Answer) -> int:
        """Out of pocket by the plan, minus out of pocket without the cause, in cents."""
        return self.today.out_of_pocket() - without_the_cause.out_of_pocket()

    def of_the_episode(self) -> list[Payment]:
        """What was had of the episode, in order."""
        return [payment for payment in self.had if self.episode and payment.session.episode_id == self.episode.pk]

    def taken_on(self, position: int) -> dt.date | None:
        """The day on which a position of the episode was taken; where it was taken elsewhere, that of being told so."""
        if self.episode is None:
            return None
        if self.episode.sessions_before >= position:
            return min(max(self.episode.operated_on, self.episode.told_on), self.on)
        taken = (payment for payment in self.of_the_episode() if (payment.position or 0) >= position)
        return next((payment.session.held_on for payment in taken), None)


def case_of(patient: Patient, *, on: dt.date, plan: Plan | None = None) -> Case:
    """Read what the rules look at. A fixed number of queries, six fewer where the plan was read already."""
    plan = plan or plan_of(patient, on=on)
    futures = Futures()
    had = [payment for payment in stored(plan.sessions) if payment.session.held_on <= on]
    episodes = _episodes(plan, had, list(patient.episodes.all()))
    case = Case(
        plan=plan,
        futures=futures,
        today=futures.ask(plan.scenario),
        forecast=forecast(futures, plan),
        had=had,
        episodes=episodes,
        episode=None,
        term=None,
        every_referral=list(Referral.objects.filter(episode__in=[episode.pk for episode in episodes])),
        used_elsewhere=list(UsedElsewhere.objects.filter(policy__patient=patient)),
        changed_bills=list(
            ChangedBill.objects.filter(session__patient=patient, changed_on__lte=on).select_related("session")
        ),
        terms=terms_of(plan),
    )
    return case.each()[0]


def _episodes(plan: Plan, had: list[Payment], episodes: list[Episode]) -> list[Episode]:
    """What is planned is for them, by their first planned day; else what was had last was. And the newest."""
    by_id = {episode.pk: episode for episode in episodes}
    planned = [session.episode_id for session in plan.planned if session.episode_id]
    before = [payment.session.episode_id for payment in reversed(had) if payment.session.episode_id]
    newest = [max(episodes, key=lambda episode: episode.operated_on).pk] if episodes else []
    return [by_id[pk] for pk in dict.fromkeys([*(planned or before[:1]), *newest])]
