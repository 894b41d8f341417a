"""From a filled-in form to a referral on file, for patients and staff alike."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest

from tracker.forms.referral import ReferralForm
from tracker.models import Episode
from tracker.operations import note_referral

from .who import user_of


def noted(request: HttpRequest, form: ReferralForm, episode: Episode, *, on: dt.date) -> bool:
    """Whether the referral is on file; what the deed refuses is said beside the field. 404 for a stranger."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        note_referral(episode=episode, by=user_of(request), on=on, **form.cleaned_data)
    except PermissionDenied as error:
        raise Http404 from error
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
