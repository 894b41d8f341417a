"""How often the engine is run, whoever asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import reimbursement.allocation


@contextmanager
def engine_runs() -> Iterator[mock.Mock]:
    """The mock's `call_count` is how often `allocate` ran, by whatever name it was called: each run sorts once."""
    sorting = reimbursement.allocation.rows_in_order
    with mock.patch.object(reimbursement.allocation, "rows_in_order", wraps=sorting) as counted:
        yield counted
