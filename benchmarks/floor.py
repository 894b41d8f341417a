"""The floor: what any implementation has to do with rows in random order, whatever the rules are.

Person, date and row number packed into one number and sorted, seven columns gathered, five scattered.
"""

from typing import Any

import numpy as np

from reimbursement import Tables

GATHERED = ("person", "indication", "date", "status", "price_cents", "uninsured_cents", "contracted")
SCATTERED = 5


class Floor:
    def __init__(self, tables: Tables) -> None:
        sessions = tables.sessions
        self.person, self.days = sessions.person, sessions.date.view(np.int64)
        self.columns = [getattr(sessions, name) for name in GATHERED]

    def pass_over(self) -> list[np.ndarray[Any, Any]]:
        rows = self.order()
        gathered = [column[rows] for column in self.columns]
        scattered = []
        for column in gathered[:SCATTERED]:
            scattered.append(np.empty_like(column))
            scattered[-1][rows] = column
        return scattered

    def order(self) -> np.ndarray[Any, Any]:
        """The rows by person, then date."""
        row_bits = max(len(self.person) - 1, 1).bit_length()
        first = int(self.days.min())
        day_bits = (int(self.days.max()) - first).bit_length()
        key = (self.person << day_bits) | (self.days - first)
        packed = np.sort((key << row_bits) | np.arange(len(key)))
        return packed & ((1 << row_bits) - 1)
