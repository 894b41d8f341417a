"""What the plan will cost: by month and payer, from when the patient pays, and how far the readings of the term differ.

Expected, not promised: it holds if all that is planned goes through and the policies stay as they are on file.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reimbursement import Reason, Route, Shortfall
from tracker.models import Episode, Patient
from tracker.models.care import TermReading

from .answers import Costs, Payment, Term
from .budgets import deductible_from, whole_deductible
from .engine_input import ADULT_BORN
from .futures import Answer, Futures
from .plan import Plan, plan_of
from .scenarios import with_reading
from .terms import term_of

#: Of a year in which nothing is planned.
NO_COSTS = Costs()


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of the plan, by its first day."""

    first_on: dt.date
    costs: Costs


@dataclass(frozen=True, slots=True)
class YearAhead:
    """What is planned in a calendar year.

    `least_cents` and `most_cents` are out of pocket over the readings of the term. `policy_known` is False where no
    policy of that year is on file, `package_unknown` is True where one is, but its package is not known: it is reckoned
    without a package then. `package_anew` and `deductible_anew` are what the patient has that starts anew on 1 January.
    `own_number`: the package has a number of sessions apart for the first 20.
    """

    year: int
    costs: Costs
    least_cents: int
    most_cents: int
    policy_known: bool
    package_unknown: bool
    package_anew: bool
    own_number: bool
    deductible_anew: bool

    @property
    def readings_differ(self) -> bool:
        return self.least_cents != self.most_cents

    @classmethod
    def of(cls, year: int, plan: Plan, costs: Costs = NO_COSTS, ends: Sequence[int] = (0,)) -> "YearAhead":
        """`ends` is what is paid out of pocket in each reading."""
        policy = plan.policies.get(year)
        begins_on = deductible_from(plan.patient.born_on or ADULT_BORN)
        return cls(
            year=year,
            costs=costs,
            least_cents=min(ends),
            most_cents=max(ends),
            policy_known=policy is not None,
            package_unknown=policy is not None and policy.package_unknown,
            package_anew=policy is not None and policy.supplementary_percent > 0,
            own_number=policy is not None and policy.supplementary_first_sessions is not None,
            deductible_anew=begins_on <= dt.date(year, 1, 1) and whole_deductible(plan.patient, policy, year) > 0,
        )


@dataclass(frozen=True, slots=True)
class Course:
    """What is planned for one operation or condition, in order; at least one. `episode` None is other complaints."""

    episode: Episode | None
    planned: list[Payment]
    term: Term | None

    @property
    def twentieth(self) -> Payment | None:
        """The last that is not basic care."""
        return _first(self.planned, _is_the_last_of_the_first)

    @property
    def first_basic(self) -> Payment | None:
        """The first that is basic care."""
        return _first(self.planned, lambda payment: payment.route == Route.BASIC)

    @property
    def last_day(self) -> dt.date | None:
        """The last day of its term; None without an end."""
        return self.term.last_day if self.term else None

    @property
    def after_the_term(self) -> list[Payment]:
        """What is planned after its last day."""
        last_day = self.last_day
        return [one for one in self.planned if last_day and one.session.held_on > last_day]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The plan as it stands: every planned session with its payers, and the turns it takes.

    `pays_from` is the first session ahead that costs the patient anything, `free_until` the last before it;
    `package_ends` the first for which the package has no sessions or euros left, `used_up` that of each calendar year;
    `courses` is the plan by operation or condition in order of the first planned session.
    None (or empty) where there is none.
    """

    on: dt.date
    planned: list[Payment]
    months: list[Month]
    years: list[YearAhead]
    free_until: Payment | None
    pays_from: Payment | None
    package_ends: Payment | None
    used_up: list[Payment]
    courses: list[Course]

    @property
    def is_of_several(self) -> bool:
        """Whether more than one operation or condition is planned for, each with numbers of its own."""
        return sum(course.episode is not None for course in self.courses) > 1

    @property
    def costs(self) -> Costs:
        return sum_up(self.planned)

    @property
    def ahead(self) -> list[Payment]:
        """What is planned from the day on."""
        return [payment for payment in self.planned if payment.session.held_on >= self.on]

    @property
    def untold(self) -> list[Payment]:
        """What was planned before the day, and counts as long as nobody told what became of it."""
        return [payment for payment in self.planned if payment.session.held_on < self.on]


#: The last position that is not basic care, for adults after an operation.
LAST_OF_THE_FIRST = 20


def forecast(futures: Futures, plan: Plan) -> Callable[[], Forecast]:
    """Ask what the plan costs; the answer can be called for once the futures were reckoned. No query."""
    asked = futures.ask(plan.scenario)
    readings = [futures.ask(with_reading(plan.scenario, reading)) for reading in TermReading]

    def answer() -> Forecast:
        planned = plan.payments(asked)
        ahead = [payment for payment in planned if payment.session.held_on >= plan.on]
        return Forecast(
            on=plan.on,
            planned=planned,
            months=[Month(first_on, sum_up(payments)) for first_on, payments in by_month(planned).items()],
            years=_years(planned, [asked, *readings], plan),
            free_until=_free_until(ahead),
            pays_from=_first(ahead, lambda payment: payment.out_of_pocket_cents > 0),
            package_ends=_first(planned, package_is_used_up),
            used_up=_used_up(planned),
            courses=_courses(planned, plan),
        )

    return answer


def forecast_of(patient: Patient, *, on: dt.date) -> Forecast:
    """What a patient's plan costs, as it stands. Six queries."""
    return foreseen(plan_of(patient, on=on))


def foreseen(plan: Plan) -> Forecast:
    """What a plan costs, in a call of the engine of its own. No query."""
    futures = Futures()
    answer = forecast(futures, plan)
    futures.reckon()
    return answer()


def _courses(planned: Sequence[Payment], plan: Plan) -> list[Course]:
    by_episode: dict[Episode | None, list[Payment]] = {}
    for payment in planned:
        by_episode.setdefault(payment.session.episode, []).append(payment)
    given, on = plan.scenario.given, plan.on
    return [
        Course(episode, payments, term_of(episode, given, on=on) if episode else None)
        for episode, payments in by_episode.items()
    ]


def sum_up(payments: Iterable[Payment]) -> Costs:
    payments = list(payments)
    return Costs(
        sessions=len(payments),
        supplementary_cents=sum(payment.supplementary_cents for payment in payments),
        basic_cents=sum(payment.basic_cents for payment in payments),
        deductible_cents=sum(payment.deductible_cents for payment in payments),
        self_cents=sum(payment.self_cents for payment in payments),
    )


def by_month(payments: Iterable[Payment]) -> dict[dt.date, list[Payment]]:
    """Payments by the first day of their month, the months in order."""
    found: dict[dt.date, list[Payment]] = {}
    for payment in payments:
        found.setdefault(payment.session.held_on.replace(day=1), []).append(payment)
    return dict(sorted(found.items()))


def _years(planned: Sequence[Payment], answers: Sequence[Answer], plan: Plan) -> list[YearAhead]:
    ahead = []
    for year in sorted({payment.session.held_on.year for payment in planned}):
        costs = sum_up(payment for payment in planned if payment.session.held_on.year == year)
        ends = [answer.out_of_pocket(year) for answer in answers]
        ahead.append(YearAhead.of(year, plan, costs, ends))
    return ahead


def _first(planned: Sequence[Payment], holds: Callable[[Payment], bool]) -> Payment | None:
    return next((payment for payment in planned if holds(payment)), None)


def _free_until(planned: Sequence[Payment]) -> Payment | None:
    """The last planned session before the first that costs the patient anything."""
    free = None
    for payment in planned:
        if payment.out_of_pocket_cents:
            break
        free = payment
    return free


def _is_the_last_of_the_first(payment: Payment) -> bool:
    """Whether it is the last that is not basic care."""
    return payment.reason == Reason.WITHIN_FIRST and payment.position == LAST_OF_THE_FIRST


def _used_up(planned: Sequence[Payment]) -> list[Payment]:
    """The first of each calendar year for which the package has nothing left."""
    firsts: dict[int, Payment] = {}
    for payment in planned:
        if package_is_used_up(payment):
            firsts.setdefault(payment.session.held_on.year, payment)
    return list(firsts.values())


def package_is_used_up(payment: Payment) -> bool:
    """Whether the package had no sessions or euros left for all of what it offers."""
    return payment.shortfall in (Shortfall.SESSIONS_USED_UP, Shortfall.EUROS_USED_UP)
