"""The referral that a practice holds."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models import Episode, Practice, Referral


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReferralForm(forms.Form):
    """Filled in with what is on file; with one practice to choose from, there is nothing to choose."""

    practice = forms.ModelChoiceField(Practice.objects.none(), label=_("Practice that has the referral"))
    referred_on = forms.DateField(label=_("Date of the referral"), widget=_day())
    referred_by = forms.CharField(label=_("Referred by"), max_length=200, help_text=_("GP, specialist or hospital."))
    going_home_on = forms.DateField(
        label=_("Day of going home, if it stands on the referral"),
        required=False,
        widget=_day(),
        help_text=_("After an admission it has to be on it. Is it not? Ask for a new one."),
    )

    def __init__(self, episode: Episode, practices: QuerySet[Practice], data: Any = None, *, on: dt.date) -> None:
        held = Referral.objects.filter(episode=episode, practice__in=practices).order_by("referred_on", "pk").last()
        first = practices.first()
        initial = {"practice": first} if held is None else {name: getattr(held, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        self.fields["practice"].queryset = practices  # type: ignore[attr-defined]
        self.fields["referred_on"].widget.attrs["max"] = on.isoformat()
        if first is not None and practices.count() == 1:
            self.fields["practice"].widget = forms.HiddenInput()
