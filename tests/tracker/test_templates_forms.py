"""Forms and tables: help and errors belong to their field, and a list says how it is sorted."""

import re

import django_tables2 as tables
import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation

from tracker.templatetags.wervelwijzer import besides, have_errors, only


class Visit(forms.Form):
    """One field of each kind."""

    held_on = forms.DateField(label="Date", help_text="The day of the visit.")
    service = forms.ChoiceField(label="Service", choices=[("1000", "Physiotherapy")], widget=forms.RadioSelect)
    home_visit = forms.BooleanField(label="Home visit", required=False)
    practice = forms.ChoiceField(label="Practice", choices=[("1", "De Brug")], required=False)
    client_id = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def test_help_and_error_are_tied_to_their_field() -> None:
    html = str(Visit({"held_on": "never"}))
    control = re.search(r'<input[^>]*name="held_on"[^>]*>', html)
    assert control
    assert 'aria-describedby="id_held_on_helptext id_held_on_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert "is-invalid" in control[0]
    assert 'id="id_held_on_helptext"' in html
    assert 'id="id_held_on_error"' in html


def test_what_must_be_filled_in_says_so_in_words() -> None:
    html = " ".join(str(Visit()).split())
    assert 'Date <span class="required">(required)</span>' in html
    assert re.search(r"Practice ?</label>", html)


def test_a_choice_of_a_few_is_one_group_with_a_legend() -> None:
    html = str(Visit())
    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Service", html)
    assert 'class="form-select"' in html
    assert 'class="form-check-input"' in html


def test_a_form_that_was_not_saved_says_so_once_and_hidden_fields_are_sent() -> None:
    html = str(Visit({}))
    assert html.count('role="alert"') == 1
    assert html.count('name="client_id"') == 1


def test_fields_are_picked_by_name_and_none_is_lost() -> None:
    form = Visit({"held_on": "never"})
    first, rest = only(form, "service held_on price client_id"), besides(form, "service held_on")
    assert [field.name for field in first] == ["service", "held_on"]
    assert [field.name for field in rest] == ["home_visit", "practice"]
    assert have_errors(first)
    assert not have_errors(rest)


class Sessions(tables.Table):
    day = tables.Column()
    price = tables.Column(attrs={"td": {"class": "number"}, "th": {"class": "number"}})
    payer = tables.Column(orderable=False)

    class Meta:
        template_name = "tables/table.html"


def html_of(rf: RequestFactory, query: str = "", rows: int = 3) -> str:
    request = rf.get(f"/year/sessions/{query}")
    table = Sessions([{"day": day, "price": 45, "payer": "A"} for day in range(rows)])
    tables.RequestConfig(request, paginate={"per_page": 2}).configure(table)
    return table.as_html(request)


def test_a_list_says_how_it_is_sorted(rf: RequestFactory) -> None:
    html = html_of(rf, "?sort=-day")
    assert re.findall(r'aria-sort="(\w+)"', html) == ["descending", "none"]
    assert 'href="?sort=day"' in html


def test_a_list_says_which_page_it_shows_and_sorting_begins_at_the_first(rf: RequestFactory) -> None:
    html = html_of(rf, "?page=2")
    current = re.search(r'<a[^>]*aria-current="page"[^>]*>(.*?)</a>', html, re.DOTALL)
    assert current
    assert current[1].endswith("2")
    assert 'href="?sort=day"' in html


def test_each_cell_names_its_column_for_a_narrow_screen(rf: RequestFactory) -> None:
    assert html_of(rf).count('data-label="Price"') == 2


def test_an_empty_list_says_so(rf: RequestFactory) -> None:
    assert "Nothing found." in html_of(rf, rows=0)
