"""What somebody typed in a form, as the browser's session can hold it and as a form takes it."""

from collections.abc import Iterable

from django.http import QueryDict

#: Longer than anything these forms ask for: nobody fills the database with what is not on file yet.
MOST_LETTERS, MOST_VALUES = 200, 20

Typed = dict[str, list[str]]


def typed_in(posted: QueryDict, names: Iterable[str]) -> Typed:
    """What was posted of these fields, and no more than they ask for."""
    return {name: _cut(posted.getlist(name)) for name in names if name in posted}


def as_posted(typed: Typed) -> QueryDict:
    """The same, as if it were posted once more."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def _cut(values: list[str]) -> list[str]:
    return [value[:MOST_LETTERS] for value in values[:MOST_VALUES]]
