"""Amounts as people write and say them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tracker.forms.fields import EurosField
from tracker.money import euros, spoken


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (0, "€ 0,00", "€0.00"),
        (5, "€ 0,05", "€0.05"),
        (38_75, "€ 38,75", "€38.75"),
        (1_234_567_89, "€ 1.234.567,89", "€1,234,567.89"),
        (-45_00, "€ −45,00", "−€45.00"),
    ],
)
def test_amounts_are_written_as_the_language_does(cents: int, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert euros(cents) == dutch
    with translation.override("en"):
        assert euros(cents) == english


def test_amounts_are_said_as_people_say_them() -> None:
    with translation.override("nl"):
        assert (spoken(45_00), spoken(38_75), spoken(38_05)) == ("45 euro", "38 euro 75", "38 euro 05")
    with translation.override("en"):
        assert (spoken(1_00), spoken(45_00)) == ("1 euro", "45 euros")


@pytest.mark.parametrize("digits", [9, 30, 100_000])
def test_an_amount_of_very_many_digits_is_too_much_and_nothing_worse(digits: int) -> None:
    with pytest.raises(ValidationError) as refused:
        EurosField().clean("9" * digits)
    assert refused.value.code == "too_much"
