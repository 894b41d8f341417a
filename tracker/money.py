"""Amounts as people write them: € 38,75 in Dutch, €38.75 in English."""

from django.utils.translation import get_language


def euros(cents: int) -> str:
    """An amount in whole cents, with thousands separators, as the active language writes it."""
    whole, rest = divmod(abs(cents), 100)
    minus = "−" if cents < 0 else ""
    if speaks_dutch():
        return f"€ {minus}{whole:,}".replace(",", ".") + f",{rest:02}"
    return f"{minus}€{whole:,}.{rest:02}"


def spoken(cents: int) -> str:
    """An amount as somebody says it aloud: "45 euro", "38 euro 75"; in English "45 euros", "38 euros 75"."""
    whole, rest = divmod(abs(cents), 100)
    unit = "euro" if speaks_dutch() or whole == 1 else "euros"
    return f"{whole} {unit} {rest:02}" if rest else f"{whole} {unit}"


def speaks_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")
