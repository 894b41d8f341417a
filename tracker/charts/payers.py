"""What the payers are called; the letter, colour and pattern of each are the same on every page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.queries.answers import Letter

PAYERS: dict[Letter, Promise] = {
    "A": _("supplementary insurance"),
    "B": _("basic insurance"),
    "E": _("deductible"),
    "Z": _("you pay yourself"),
}

#: The same about somebody else, for the pages of the practice.
PAYERS_OF_PATIENT: dict[Letter, Promise] = {**PAYERS, "Z": _("the patient")}
