"""Names as they are looked for: whoever types Jose, Brule or Soren finds José, Brûlé and Søren."""

import unicodedata

#: Letters that no decomposition takes apart, and signs with several shapes.
ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
    | dict.fromkeys("’‘ʼ`´", "'")
    | dict.fromkeys("‐‑‒–—", "-")
)


def plain(text: str) -> str:
    """The text in small letters without accents, its words one space apart."""
    letters = unicodedata.normalize("NFKD", text.translate(ALIKE)).casefold().translate(ALIKE)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(letter))
    return " ".join(bare.split())
