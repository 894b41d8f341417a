"""What a patient is insured for in a calendar year: a package from the catalogue, or their own numbers."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from tracker.models import Insurer, Package, Policy
from tracker.models.insurance import MOST_COUNT

from .fields import EurosField

NO_LIMIT = _("Leave it empty if there is no limit.")


class CountField(forms.IntegerField):
    """A number of sessions."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=MOST_COUNT, **options)
        self.widget.attrs["inputmode"] = "numeric"


class PercentField(forms.IntegerField):
    """A percentage, 0 to 100."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, validators=[MinValueValidator(0), MaxValueValidator(100)], **options)
        self.widget.attrs |= {"inputmode": "numeric", "min": 0, "max": 100}


class PolicyForm(forms.Form):
    """One calendar year's policy. The names are the model's fields; amounts are typed in euros."""

    insurer = forms.ModelChoiceField(
        Insurer.objects.all(), label=_("Health insurer"), required=False, empty_label=_("I do not know")
    )
    has_package = forms.TypedChoiceField(
        label=_("Do you have a supplementary package that pays for physiotherapy?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    package = forms.ModelChoiceField(
        Package.objects.select_related("insurer"),
        label=_("Package"),
        required=False,
        empty_label=_("not in this list, or I do not know"),
        help_text=_("Choosing one fills in its numbers. Check them against your policy: they change each year."),
    )
    supplementary_sessions = CountField(label=_("Sessions a year"), help_text=NO_LIMIT)
    supplementary_percent = PercentField(label=_("Percentage it pays of a session"))
    supplementary_max_cents = EurosField(label=_("Most it pays for a session"), required=False, help_text=NO_LIMIT)
    supplementary_sessions_used = CountField(label=_("Sessions of these used elsewhere this year"))
    supplementary_first_sessions = CountField(
        label=_("Own number for the first 20 sessions"),
        help_text=_("Some packages have one. Leave it empty if yours does not."),
    )
    supplementary_first_sessions_used = CountField(label=_("Of that own number, used elsewhere this year"))
    supplementary_cents = EurosField(label=_("Most it pays in a year"), required=False, help_text=NO_LIMIT)
    supplementary_cents_used = EurosField(label=_("Of that amount, used elsewhere this year"), required=False)
    supplementary_noncontracted_percent = PercentField(
        label=_("Percentage at a practice without a contract"),
        help_text=_("Leave it empty if it is the same as with a contract."),
    )
    supplementary_noncontracted_max_cents = EurosField(
        label=_("Most it pays for a session without a contract"),
        required=False,
        help_text=_("Leave it empty if it is the same as with a contract."),
    )
    deductible_cents = EurosField(
        label=_("Your deductible this year"),
        required=False,
        help_text=_("Leave it empty if you only have the compulsory one."),
    )
    deductible_used_cents = EurosField(
        label=_("Of your deductible, already used by other care"),
        required=False,
        help_text=_("The operation usually uses all of it in its own year. Your insurer's site shows it."),
    )
    basic_noncontracted_percent = PercentField(label=_("Basic insurance without a contract: percentage"))
    basic_max_cents = EurosField(
        label=_("Basic insurance without a contract: the most it reckons with for a session"),
        required=False,
        help_text=NO_LIMIT,
    )

    #: Empty means 0 for what was used, and the whole for a percentage of basic insurance.
    EMPTY = {
        "supplementary_percent": 100,
        "supplementary_sessions_used": 0,
        "supplementary_first_sessions_used": 0,
        "supplementary_cents_used": 0,
        "deductible_used_cents": 0,
        "basic_noncontracted_percent": 100,
    }
    ALWAYS = (
        "insurer",
        "has_package",
        "package",
        "supplementary_sessions",
        "supplementary_percent",
        "supplementary_max_cents",
        "supplementary_sessions_used",
        "deductible_cents",
        "deductible_used_cents",
    )

    def __init__(self, policy: Policy | None, data: Any = None) -> None:
        self.policy = policy
        super().__init__(data, initial=initial_of(policy))
        packages: Any = self.fields["package"]
        packages.iterator = PackagesByInsurer
        packages.widget.choices = packages.choices

    def usual(self) -> list[forms.BoundField]:
        """The fields most people need."""
        return [self[name] for name in self.ALWAYS]

    def rare(self) -> list[forms.BoundField]:
        """The fields few policies need."""
        return [field for field in self if field.name not in self.ALWAYS]

    def fields_of_policy(self) -> dict[str, Any]:
        """What the form says, as `change_policy` takes it; beside a new package only what was typed."""
        data = {name: self.EMPTY.get(name) if value is None else value for name, value in self.cleaned_data.items()}
        if not data.pop("has_package"):
            return data | {"package": None, "supplementary_percent": 0}
        if data["package"] and "package" in self.changed_data:
            return {name: value for name, value in data.items() if name in self.changed_data}
        return data


class PackagesByInsurer(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]  # not generic at run time
    """The packages under their insurer, each with the year its numbers are from."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        groups: dict[str, list[tuple[Any, str]]] = {}
        for package in self.queryset:
            year = package.year or _("year unknown")
            groups.setdefault(str(package.insurer), []).append(
                (forms.models.ModelChoiceIteratorValue(package.pk, package), f"{package.name} ({year})")
            )
        yield from groups.items()


def initial_of(policy: Policy | None) -> dict[str, Any]:
    """The numbers on file; with none, a package that pays all, since that is what most have."""
    if policy is None:
        return {"has_package": "yes", **PolicyForm.EMPTY}
    names = [name for name in PolicyForm.base_fields if name != "has_package"]
    on_file = {name: getattr(policy, name) for name in names}
    if not policy.supplementary_percent:
        return on_file | {"has_package": "no", "supplementary_percent": PolicyForm.EMPTY["supplementary_percent"]}
    return on_file | {"has_package": "yes"}
