"""What the questions of this package answer: plain values, nothing that asks the database again."""

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reimbursement.arrays import Reason, Route, Shortfall
from tracker.models import Episode, Patient, Policy, Practice, Referral, Session
from tracker.models.care import Regime, Service, TermReading

if TYPE_CHECKING:
    from .forecast import Forecast
    from .plan import Plan

#: A payer's letter, the same on every page: A supplementary, B basic, E deductible, Z the patient.
Letter = Literal["A", "B", "E", "Z"]

#: The budgets of a calendar year: the package's number, its own number for the first 20, its amount, the deductible.
BudgetKind = Literal["package", "first_sessions", "package_cents", "deductible"]


def is_operation(episode: Episode | None) -> bool:
    """Whether the care is that after an operation, and not for a condition that has none."""
    return episode is not None and episode.regime == Regime.SURGERY


@dataclass(frozen=True, slots=True)
class Payment:
    """Who pays for one session, in cents. The session may be unsaved: one that is asked about."""

    session: Session
    position: int | None
    route: Route
    reason: Reason
    shortfall: Shortfall
    claim_code: str
    supplementary_cents: int
    basic_cents: int
    deductible_cents: int
    self_cents: int

    @property
    def parts(self) -> tuple[int, int, int, int]:
        return self.supplementary_cents, self.basic_cents, self.deductible_cents, self.self_cents

    @property
    def charge_cents(self) -> int:
        return sum(self.parts)

    @property
    def out_of_pocket_cents(self) -> int:
        """Deductible plus self: what the patient pays."""
        return self.deductible_cents + self.self_cents

    @property
    def letter(self) -> Letter:
        """The payer of the largest part; of equal parts the patient's, since that is what surprises."""
        parts: list[tuple[int, Letter]] = [
            (self.self_cents, "Z"),
            (self.deductible_cents, "E"),
            (self.supplementary_cents, "A"),
            (self.basic_cents, "B"),
        ]
        most, letter = max(parts, key=lambda part: part[0])
        if most:
            return letter
        return {Route.BASIC: "B", Route.SUPPLEMENTARY: "A"}.get(self.route, "Z")  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Change:
    """A session whose payers changed because another was logged, corrected or cancelled."""

    before: Payment
    after: Payment

    @property
    def difference_cents(self) -> int:
        """What the patient pays more (above 0) or less (below 0)."""
        return self.after.out_of_pocket_cents - self.before.out_of_pocket_cents

    @property
    def moves_money(self) -> bool:
        """Whether a payer's part changed, and not the number of the session alone."""
        return self.before.parts != self.after.parts

    @property
    def renumbers(self) -> bool:
        return self.before.position != self.after.position


@dataclass(frozen=True, slots=True)
class Budget:
    """What a calendar year's insurance gives and what is left on the day asked about; None is no limit or no package.

    `*_limit` are the year's numbers, `*_left` what remains after use elsewhere and the sessions up to that day.
    `not_checked_since` is the last day on which this year's count was known, where that is long ago.
    """

    year: int
    policy: Policy | None
    sessions_limit: int | None
    sessions_left: int | None
    first_sessions_limit: int | None
    first_sessions_left: int | None
    cents_limit: int | None
    cents_left: int | None
    deductible_limit_cents: int
    deductible_left_cents: int
    deductible_enacted: bool
    not_checked_since: dt.date | None = None

    @property
    def has_package(self) -> bool:
        return self.policy is not None and self.policy.supplementary_percent > 0


@dataclass(frozen=True, slots=True)
class Costs:
    """Sums of sessions by payer, in cents; `sessions` is how many of them: of recorded ones, those attended."""

    sessions: int = 0
    supplementary_cents: int = 0
    basic_cents: int = 0
    deductible_cents: int = 0
    self_cents: int = 0

    @property
    def out_of_pocket_cents(self) -> int:
        return self.deductible_cents + self.self_cents

    @property
    def charge_cents(self) -> int:
        return self.supplementary_cents + self.basic_cents + self.out_of_pocket_cents


@dataclass(frozen=True, slots=True)
class Term:
    """How long an episode is listed: half-open, `ends_on` itself not included; None is without an end.

    `ends_by_reading` holds the end in each reading that is known; `last_day` is the last day inside the term.
    """

    begins_on: dt.date
    ends_on: dt.date | None
    reading: TermReading
    ends_by_reading: dict[TermReading, dt.date] = field(default_factory=dict)

    @property
    def last_day(self) -> dt.date | None:
        return self.ends_on - dt.timedelta(days=1) if self.ends_on else None

    @property
    def latest_end(self) -> dt.date | None:
        """The end in the reading that ends last: between the two the law probably still covers."""
        return max(self.ends_by_reading.values(), default=self.ends_on)


@dataclass(frozen=True, slots=True)
class Care:
    """One operation or condition: its term, and the newest referral a practice holds for it.

    The first `first_sessions` of it are not basic care: those that the law names, none under 18.
    """

    episode: Episode
    term: Term
    first_sessions: int
    referral: Referral | None = None

    @property
    def is_operation(self) -> bool:
        return is_operation(self.episode)

    @property
    def basic_from(self) -> int:
        """The number from which a session is basic care."""
        return self.first_sessions + 1

    def is_open(self, on: dt.date) -> bool:
        """Whether the day lies in the term, in the reading that ends last."""
        latest_end = self.term.latest_end
        return self.episode.operated_on <= on and (latest_end is None or on < latest_end)


@dataclass(frozen=True, slots=True)
class AfterTerm:
    """Planned sessions for an operation or condition that fall after the end of its term, in order; at least one."""

    care: Care
    payments: list[Payment]

    @property
    def first_on(self) -> dt.date:
        """The day of the first of them."""
        day: dt.date = self.payments[0].session.held_on
        return day

    @property
    def out_of_pocket_cents(self) -> int:
        """What the patient pays for all of them together."""
        return sum(payment.out_of_pocket_cents for payment in self.payments)


@dataclass(frozen=True, slots=True)
class Steps:
    """A budget of one year as a falling line: `points` are (day, what is left from that day on), the first the start.

    `unit` is "sessions" or "cents"; `kind` says which budget it is.
    """

    kind: BudgetKind
    unit: Literal["sessions", "cents"]
    year: int
    limit: int
    points: list[tuple[dt.date, int]]


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """A service of a practice and what it costs there and at home, in cents; None where it is not offered so."""

    service: Service
    cents: int | None
    home_visit_cents: int | None


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a new session most likely is. `price_cents` None: not known, to be asked.

    `uninsured_cents` is the part the patient bears if a home visit has no medical need, its surcharge;
    `no_medical_need` says whether the last one like it had none. `like_the_last` is False where nothing was had yet.
    """

    held_on: dt.date
    practice: Practice | None
    episode: Episode | None
    service: Service
    home_visit: bool
    price_cents: int | None
    uninsured_cents: int
    no_medical_need: bool
    contracted: bool
    counts: bool
    like_the_last: bool


@dataclass(frozen=True, slots=True)
class NextSession:
    """The session asked about: planned, or one like the last. Without `price_known` only the payer can be named."""

    payment: Payment
    planned: bool
    price_known: bool


@dataclass(frozen=True, slots=True)
class PatientYear:
    """A patient's year as one answer: every session with its payers, planned ones as they would be.

    `care` is what the next session is for, else the last operation; `others` are those that are open beside it.
    `budget` is the day's calendar year's, `next_budget` that of the next session's year on its day,
    `following_budget` that of the year after the day's, None while its policy is not on file. `forecast` is what is
    planned, `plan` what was read of it, for whoever asks more.
    """

    patient: Patient
    care: Care | None
    others: list[Care]
    on: dt.date
    payments: list[Payment]
    next_session: NextSession
    budget: Budget
    next_budget: Budget
    following_budget: Budget | None
    sums: Costs
    steps: list[Steps]
    after_term: list[AfterTerm]
    forecast: "Forecast | None" = None
    plan: "Plan | None" = None

    @property
    def had(self) -> list[Payment]:
        """The sessions that are no plan, in order."""
        return [payment for payment in self.payments if payment.session.status != Session.State.PLANNED]

    @property
    def coming(self) -> list[Payment]:
        """The sessions planned from the day on, in order."""
        planned = [payment for payment in self.payments if payment.session.status == Session.State.PLANNED]
        return [payment for payment in planned if payment.session.held_on >= self.on]

    @property
    def untold(self) -> list[Session]:
        """The sessions planned before the day of which nobody told what became of them, in order."""
        planned = [one.session for one in self.payments if one.session.status == Session.State.PLANNED]
        return [session for session in planned if session.held_on < self.on]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the front desk reads out: today's session, what is left, the term and the referral.

    `care` is what today's session is for, None for another complaint; `others` are those that are open beside it.
    `next_budget` is the next calendar year's, None while its policy is not on file.
    `elsewhere` are the days of this year's sessions at other practices; `after_term` is about this one's alone.
    """

    patient: Patient
    care: Care | None
    others: list[Care]
    on: dt.date
    today: NextSession
    budget: Budget
    next_budget: Budget | None
    elsewhere: list[dt.date]
    after_term: list[AfterTerm]


@dataclass(frozen=True, slots=True)
class Visit:
    """A line of a practice's day: a planned or recorded session with its payers."""

    payment: Payment

    @property
    def session(self) -> Session:
        return self.payment.session
