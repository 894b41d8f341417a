"""What packages without a name might cost a month: to be tried, not kept."""

from typing import Any

from django import forms
from django.utils.translation import ngettext

from tracker.queries.what_ifs import SHAPES

from .fields import EurosField


class PremiumsForm(forms.Form):
    """A box for each shape, `premium_9`; what is empty is not known."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for sessions in SHAPES:
            label = ngettext("%(n)s session", "%(n)s sessions", sessions) % {"n": sessions}
            self.fields[f"premium_{sessions}"] = EurosField(label=label, required=False)

    def premiums(self) -> dict[int, int]:
        """Cents a month by number of sessions, of the boxes that could be read."""
        if not self.is_bound:
            return {}
        self.full_clean()
        filled = {sessions: self.cleaned_data.get(f"premium_{sessions}") for sessions in SHAPES}
        return {sessions: cents for sessions, cents in filled.items() if cents is not None}
