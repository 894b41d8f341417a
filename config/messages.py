"""Where messages wait until a page shows them."""

from typing import Any

from django.contrib.messages.storage.session import SessionStorage

#: More than these nobody reads at once; whoever sends forms without looking at a page does not fill the database.
MOST_KEPT = 20


class FewMessages(SessionStorage):
    """In the browser's session, the newest of them."""

    def _store(self, messages: list[Any], *args: Any, **options: Any) -> list[Any]:
        left: list[Any] = super()._store(messages[-MOST_KEPT:], *args, **options)  # type: ignore[misc]  # not in its stubs
        return left
