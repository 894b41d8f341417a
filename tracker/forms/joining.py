"""What stands in two records, and which of it is the same."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.days import short_day
from tracker.models import Policy
from tracker.money import euros
from tracker.operations.joining import Choices
from tracker.queries.overlap import Overlap, Twice

from .fields import CountField

NEEDED = {"required": _("Choose one of these.")}


class OverlapForm(forms.Form):
    """A question for each thing that stands twice; its fields are named by the id of one's own row."""

    def __init__(self, overlap: Overlap, data: Any = None) -> None:
        super().__init__(data)
        self.overlap = overlap
        for twice in overlap.sessions:
            self.fields[f"session_{twice.own.pk}"] = _session(twice)
        for mine, theirs in overlap.policies:
            self.fields[f"policy_{mine.pk}"] = _policy(mine, theirs)
        for episode in overlap.episodes:
            choices = [(str(one.pk), gettext("the same as %s") % _operation(one)) for one in overlap.theirs]
            label = gettext("You told of an operation on %s. Which one is it?") % short_day(episode.operated_on)
            self.fields[f"episode_{episode.pk}"] = _one_of(label, [*choices, ("none", gettext("another operation"))])
        for episode in overlap.counted:
            self.fields[f"before_{episode.pk}"] = CountField(
                label=gettext("You told of %s sessions before you began. How many of them were at another practice?")
                % episode.sessions_before,
                help_text=gettext("Only those: what your practice recorded is counted already."),
                initial=0 if overlap.theirs else episode.sessions_before,
            )

    def choices(self) -> Choices:
        """The answers, as the deed takes them."""
        data, found = self.cleaned_data, self.overlap
        theirs = {str(episode.pk): episode for episode in found.theirs}
        return Choices(
            same_sessions=frozenset(
                twice.own.pk for twice in found.sessions if data[f"session_{twice.own.pk}"] == "same"
            ),
            own_policies=frozenset(mine.pk for mine, _theirs in found.policies if data[f"policy_{mine.pk}"] == "mine"),
            episodes={episode.pk: theirs.get(data[f"episode_{episode.pk}"]) for episode in found.episodes},
            had_before={episode.pk: data[f"before_{episode.pk}"] or 0 for episode in found.counted},
        )


def _one_of(label: str, choices: list[tuple[str, str]], initial: str | None = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, initial=initial, error_messages=NEEDED
    )


def _session(twice: Twice) -> forms.ChoiceField:
    """ "Is this the same one?", with both as they stand."""
    label = gettext("Is this the same one? You: %(own)s. Your practice: %(theirs)s.") % {
        "own": _in_words(twice.own),
        "theirs": _in_words(twice.theirs),
    }
    return _one_of(label, [("same", gettext("yes, one session")), ("another", gettext("no, two sessions"))], "same")


def _in_words(session: Any) -> str:
    parts = [short_day(session.held_on), str(session.practice or gettext("another practice"))]
    return ", ".join([*parts, euros(session.price_cents)])


def _operation(episode: Any) -> str:
    return gettext("the operation of %s") % short_day(episode.operated_on)


def _policy(mine: Policy, theirs: Policy) -> forms.ChoiceField:
    choices = [("mine", gettext("mine: %s") % policy_in_words(mine))]
    choices.append(("theirs", gettext("the one your practice has: %s") % policy_in_words(theirs)))
    return _one_of(gettext("Which insurance of %s is right?") % mine.year, choices)


def policy_in_words(policy: Policy) -> str:
    """A policy in one line."""
    if not policy.supplementary_percent:
        package = gettext("package not known") if policy.package_unknown else gettext("no supplementary package")
    else:
        package = str(policy.package or gettext("own numbers"))
    number = policy.supplementary_sessions
    sessions = gettext("%s sessions") % number if number is not None and policy.supplementary_percent else ""
    used = gettext("%s of the deductible used") % euros(policy.deductible_used_cents)
    return ", ".join(filter(None, [str(policy.insurer or ""), package, sessions, used]))
