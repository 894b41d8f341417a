"""What a patient is insured for in a calendar year: a package from the catalogue, or their own numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Insurer, Package, Policy
from tracker.models.insurance import TERMS

from .deductible import DeductibleForm, initial_deductible
from .fields import CountField, EurosField, PercentField
from .maximum import LIMITS, ask_for_maximum, is_unlimited, no_maximum_field
from .packages import PackageField, of_another_year

NO_LIMIT = gettext_lazy("Leave it empty if there is no limit.")
AS_WITH_A_CONTRACT = gettext_lazy("Leave it empty if it is the same as with a contract.")


class PolicyForm(DeductibleForm):
    """One calendar year's policy. The names are the model's fields; amounts are typed in euros."""

    insurer = forms.ModelChoiceField(
        Insurer.objects.all(),
        label=gettext_lazy("Health insurer"),
        required=False,
        empty_label=gettext_lazy("I do not know"),
    )
    has_package = forms.TypedChoiceField(
        label=gettext_lazy("Do you have a supplementary package that pays for physiotherapy?"),
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")), ("unknown", gettext_lazy("I do not know"))],
        widget=forms.RadioSelect,
        coerce={"yes": True, "no": False, "unknown": None}.get,
    )
    package = PackageField(
        label=gettext_lazy("Package"),
        empty_label=gettext_lazy("not in this list, or I do not know"),
        help_text=gettext_lazy(
            "Choosing one fills in its numbers. Check them against your policy: they change each year."
        ),
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)
    supplementary_sessions = CountField(
        label=gettext_lazy("Sessions a year"),
        help_text=gettext_lazy(
            "It stands on your policy. A maximum in euros has a box further down."
            " If you share the package with a partner: the number for both of you."
        ),
    )
    no_maximum = no_maximum_field()
    supplementary_percent = PercentField(label=gettext_lazy("Percentage it pays of a session"))
    supplementary_max_cents = EurosField(
        label=gettext_lazy("Most it pays for a session"), required=False, help_text=NO_LIMIT
    )
    supplementary_first_sessions = CountField(
        label=gettext_lazy("Own number for the first 20 sessions"),
        help_text=gettext_lazy(
            "Some packages have one. Leave it empty if yours does not. If you get it only once: what is left of it."
        ),
    )
    supplementary_cents = EurosField(label=gettext_lazy("Most it pays in a year"), required=False, help_text=NO_LIMIT)
    supplementary_carried_over = CountField(
        label=gettext_lazy("Unused sessions that go along to the next year, at most"),
        help_text=gettext_lazy(
            "Few packages do this (some of CZ: at most 5). Leave it empty if yours does not, or if you do not know."
        ),
    )
    supplementary_noncontracted_percent = PercentField(
        label=gettext_lazy("Percentage at a practice without a contract"), help_text=AS_WITH_A_CONTRACT
    )
    supplementary_noncontracted_max_cents = EurosField(
        label=gettext_lazy("Most it pays for a session without a contract"),
        required=False,
        help_text=AS_WITH_A_CONTRACT,
    )
    premium_cents = EurosField(
        label=gettext_lazy("Premium of the package a month"),
        required=False,
        help_text=gettext_lazy("Only the supplementary package. We need it to compare packages."),
    )
    deductible_used_cents = EurosField(
        label=gettext_lazy("Of your deductible, already used by other care"),
        required=False,
        help_text=gettext_lazy("The operation usually uses all of it in its own year. Your insurer's site shows it."),
    )
    basic_noncontracted_percent = PercentField(label=gettext_lazy("Basic insurance without a contract: percentage"))
    basic_max_cents = EurosField(
        label=gettext_lazy("Basic insurance without a contract: the most it reckons with for a session"),
        required=False,
        help_text=NO_LIMIT,
    )
    intake_counts = forms.NullBooleanField(
        label=gettext_lazy("Does your insurer count an intake among the first 20?"),
        required=False,
        help_text=gettext_lazy("Ask your insurer. As long as you do not know, we reckon that it does not count."),
    )
    remark = forms.CharField(
        label=gettext_lazy("What else your policy says about physiotherapy"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "For example fewer sessions of manual therapy, or extra ones after an accident."
            " We keep this for you, but do not reckon with it."
        ),
    )

    #: Empty means 0 for what was used or goes along, and the whole for a percentage.
    EMPTY = {
        "supplementary_percent": 100,
        "supplementary_carried_over": 0,
        "deductible_used_cents": 0,
        "basic_noncontracted_percent": 100,
    }
    ALWAYS = (
        "insurer",
        "has_package",
        "package",
        "supplementary_sessions",
        "no_maximum",
        "supplementary_percent",
        "supplementary_max_cents",
        "voluntary",
        "deductible_cents",
        "deductible_used_cents",
    )

    def __init__(
        self,
        policy: Policy | None,
        data: Any = None,
        *,
        year: int,
        compulsory_cents: int,
        package: Package | None = None,
    ) -> None:
        """`package`, where one is given, is filled in above what is on file."""
        initial = initial_of(policy) | initial_deductible(policy, compulsory_cents)
        if package:
            own = {"remark": policy.remark} if policy and policy.remark else {}
            initial |= initial_from(package) | own
        super().__init__(data, initial=initial, compulsory_cents=compulsory_cents)
        self.policy, self.year = policy, year
        intake: Any = self.fields["intake_counts"]
        intake.widget.choices = [("unknown", _("I do not know")), ("true", _("yes")), ("false", _("no"))]
        self.prefilled = of_another_year(package, year) if package and data is None else ""

    def usual(self) -> list[forms.BoundField]:
        """The fields most people need."""
        return [self[name] for name in self.ALWAYS]

    def rare(self) -> list[forms.BoundField]:
        """The fields few policies need."""
        return [field for field in self.visible_fields() if field.name not in self.ALWAYS]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("has_package", False) is None and self._typed_a_package(data):
            data["has_package"] = True
        package: Package | None = data.get("package") if data.get("has_package") else None
        if package is None or "package" not in self.changed_data or data.get("checked") == str(package.pk):
            if data.get("has_package"):
                ask_for_maximum(self, data)
        elif old := of_another_year(package, self.year):
            self._fill_in(package)
            self.add_error("package", old + " " + _("Then save again."))
        return data

    def _typed_a_package(self, data: dict[str, Any]) -> bool:
        """Whether somebody who left the question open named a package or its numbers."""
        return any(data.get(name) for name in ("package", "no_maximum", *LIMITS) if name in self.changed_data)

    def _fill_in(self, package: Package) -> None:
        """A package's numbers into the boxes that nobody typed in."""
        data: Any = self.data
        data = data.copy()
        for name, value in initial_from(package).items():
            typed = name in self.changed_data or (name == "remark" and data.get(name))
            if typed or name in ("has_package", "package"):
                continue
            if name == "no_maximum":
                data[name] = "on" if value else ""
            else:
                data[name] = "" if value is None else str(self.fields[name].prepare_value(value))
        data["checked"] = str(package.pk)
        self.data = data

    def fields_of_policy(self) -> dict[str, Any]:
        """What the form says, as `change_policy` takes it; beside a new package only what was typed."""
        data: dict[str, Any] = {
            name: self.EMPTY.get(name) if value is None else value for name, value in self.cleaned_data.items()
        }
        has_package, checked, *_aside = (data.pop(name) for name in ASIDE)
        data |= self.deductible()
        if not has_package:
            unknown = {"package_unknown": True} if has_package is None else {}
            return data | {"package": None, "supplementary_percent": 0} | unknown
        if data["package"] and "package" in self.changed_data and checked != str(data["package"].pk):
            changed = set(self.changed_data)
            if changed & {"voluntary", "deductible_cents"}:
                changed |= self.deductible().keys()
            return {name: value for name, value in data.items() if name in changed}
        return data


#: What the form asks and a policy does not hold so.
ASIDE = ("has_package", "checked", "voluntary", "no_maximum")


def initial_of(policy: Policy | None) -> dict[str, Any]:
    """The numbers on file; with none, a package is asked about, and one that is filled in pays all, as most do."""
    if policy is None:
        return {"has_package": "unknown", **PolicyForm.EMPTY}
    names = PolicyForm.base_fields.keys() - {*ASIDE, "deductible_cents"}
    on_file = {name: getattr(policy, name) for name in names} | {"no_maximum": is_unlimited(policy)}
    if not policy.supplementary_percent:
        has_package = "unknown" if policy.package_unknown else "no"
        return on_file | {
            "has_package": has_package,
            "supplementary_percent": PolicyForm.EMPTY["supplementary_percent"],
        }
    return on_file | {"has_package": "yes"}


def initial_from(package: Package) -> dict[str, Any]:
    """What a package of the catalogue fills in."""
    terms = {name: getattr(package, name) for name in TERMS} | ({"remark": package.remark} if package.remark else {})
    chosen = {"insurer": package.insurer_id, "package": package.pk, "has_package": "yes"}
    return terms | chosen | {"no_maximum": is_unlimited(package)}
