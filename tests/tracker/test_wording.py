"""One word for one thing, and one way to speak to people: `je` to a patient, `u` only in what the desk reads out."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from tracker.forms.plan import TIMES

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "nl" / "LC_MESSAGES" / "django.po"
ALOUD = (Path(settings.BASE_DIR) / "tracker" / "explanations" / "aloud.py").read_text()


def messages() -> list[tuple[str, str]]:
    """Each English text with its Dutch ones, plurals as well."""
    found = []
    for entry in CATALOGUE.read_text().split("\n\n")[1:]:
        english = re.findall(r'^msgid(?:_plural)? "(.*)"$', entry, re.MULTILINE)
        dutch = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', entry, re.MULTILINE)
        found.append((" ".join(english), " ".join(dutch)))
    return found


def test_a_session_is_a_session_in_english_and_a_behandeling_in_dutch() -> None:
    for english, dutch in messages():
        assert not re.search(r"\btreatments?\b", english, re.IGNORECASE), english
        assert not re.search(r"\bsessies?\b", dutch, re.IGNORECASE), dutch


def test_only_the_words_to_be_read_out_are_formal() -> None:
    formal = [(english, dutch) for english, dutch in messages() if re.search(r"\b(u|uw)\b", dutch, re.IGNORECASE)]
    assert formal
    for english, dutch in formal:
        assert english[:40] in ALOUD, dutch


@pytest.mark.parametrize("clumsy", ["reckon met", "rekenen dat", "is er een nieuw.", "telt hij", " - ", " – ", "—"])
def test_no_sentence_is_clumsy_in_a_way_that_was_mended_before(clumsy: str) -> None:
    assert not [dutch for _english, dutch in messages() if clumsy in dutch]


@pytest.mark.parametrize(("language", "label"), [("nl", "twee keer per week"), ("en", "twice a week")])
def test_how_often_a_week_is_said_in_the_language_of_the_page(language: str, label: str) -> None:
    with translation.override(language):
        assert str(dict(TIMES)[2]) == label


def test_what_a_text_points_to_is_called_so_on_the_page() -> None:
    called = dict(messages())
    assert f"“{called['Log']}”" in next(dutch for english, dutch in messages() if "under “Log”" in english)


def test_under_18_nobody_is_promised_to_pay_nothing() -> None:
    assert not [english for english, _dutch in messages() if english.endswith("under 18 you would pay nothing")]
