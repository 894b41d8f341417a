"""The catalogue in a form: packages under their insurer, each with the year its numbers are from."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Package


class PackageField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A package of the catalogue."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Package.objects.select_related("insurer"), required=False, **options)
        self.iterator = PackagesByInsurer
        self.widget.choices = self.choices


class PackagesByInsurer(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]  # not generic at run time
    """The packages under their insurer, each with the year its numbers are from."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        groups: dict[str, list[tuple[Any, str]]] = {}
        for package in self.queryset:
            year = package.year or gettext_lazy("year unknown")
            groups.setdefault(str(package.insurer), []).append(
                (forms.models.ModelChoiceIteratorValue(package.pk, package), f"{package.name} ({year})")
            )
        yield from groups.items()


def of_another_year(package: Package, year: int) -> str:
    """What to say of a package whose numbers are not of that year; empty where they are."""
    if package.year == year:
        return ""
    check = _("They are filled in below: check them against your policy.")
    if package.year is None:
        return _("We do not know from which year these numbers are.") + f" {check}"
    return _("These numbers are from %(year)s.") % {"year": package.year} + f" {check}"
