"""The start after going home: lists of practices give three months for it, the law does not."""

import datetime as dt

from django.utils.translation import gettext as _

from reimbursement.numbering import day_months_after
from tracker.days import later, short_day
from tracker.queries.answers import Payment

from .case import Case
from .cost_warning import CostWarning, Step
from .rule import Later, found, nothing

#: Within so many months of going home the treatment is to start; from so many weeks without one the patient is warned.
MONTHS_UNTIL_START = 3
WEEKS_UNTIL_START = 9


def no_start(case: Case) -> Later:
    """Nine weeks after going home nothing was had: the treatment is to start within three months."""
    home = _went_home(case)
    if home is None or case.episode is None or case.episode.sessions_before or _first_of(case, home):
        return nothing
    since = later(home, days=7 * WEEKS_UNTIL_START)
    if case.on < since:
        return nothing
    return found(
        CostWarning(
            "no_start",
            since,
            _("You have had no session yet"),
            _("You went home on %(day)s. Insurers expect physiotherapy to start within three months of that.")
            % {"day": short_day(home)},
            _("Did you have one already? Log it. If not: ask your insurer whether a later start is a problem."),
            facts=(home,),
            step=Step(_("Log a session"), "patient:log"),
        )
    )


def late_start(case: Case) -> Later:
    """The first session was more than three months after going home; it is reckoned as usual."""
    home = _went_home(case)
    first = _first_of(case, home) if home else None
    if home is None or case.episode is None or case.episode.sessions_before or first is None:
        return nothing
    held_on = first.session.held_on
    if held_on <= day_months_after(home, MONTHS_UNTIL_START):
        return nothing
    return found(
        CostWarning(
            "late_start",
            case.on_file_since(first.session),
            _("Ask your insurer whether you began in time"),
            _("You went home on %(home)s, and your first session was on %(first)s.")
            % {"home": short_day(home), "first": short_day(held_on)}
            + " "
            + _("Some insurers ask for a start within three months. The law does not, so we reckon as usual."),
            _("Ask before session 21, when basic insurance is to pay. Is a day not right? Change it."),
            facts=(home, held_on),
            step=Step(_("Check the days"), "patient:episode", (case.episode.uid,)),
        )
    )


def _went_home(case: Case) -> dt.date | None:
    """The day of going home after an operation whose term still runs."""
    episode = case.episode
    if episode is None or episode.regime != "surgery" or case.term_is_over:
        return None
    return episode.discharged_on


def _first_of(case: Case, home: dt.date) -> Payment | None:
    """The first session with a number since going home."""
    had = (payment for payment in case.of_the_episode() if payment.session.held_on >= home)
    return next((payment for payment in had if payment.position), None)
