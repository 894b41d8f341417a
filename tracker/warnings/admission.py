"""The stay in hospital: the entry of Appendix 1 is about an admission, so day surgery can fall outside it."""

from django.utils.translation import gettext as _

from tracker.days import short_day

from .case import Case
from .cost_warning import CostWarning, Step
from .rule import Later, found, nothing


def day_surgery(case: Case) -> Later:
    """By the days on file the patient went home on the day of the operation; reckoned as usual."""
    episode = case.episode
    if episode is None or episode.regime != "surgery" or case.term_is_over:
        return nothing
    if episode.discharged_on != episode.operated_on:
        return nothing
    return found(
        CostWarning(
            "day_surgery",
            min(episode.told_on, case.on),
            _("Ask your insurer whether basic insurance will pay"),
            _("You went home on the day of the operation, %(day)s.") % {"day": short_day(episode.operated_on)}
            + " "
            + _("Basic insurance's list is about a stay in hospital; without a night there, an insurer can refuse."),
            _("Did you stay longer? Change the day. If not: ask your insurer before session 21."),
            facts=(episode.pk, episode.operated_on),
            step=Step(_("Check the days"), "patient:episode", (episode.uid,)),
        )
    )
