"""Days of publication, as precisely as they are known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Published:
    """A day of publication; with less precision, the first day of the period."""

    day: date
    precision: Precision = Precision.DAY

    def __str__(self) -> str:
        """Return ISO 8601 at its precision: 2015-11-26, 2015-11 or 2015."""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.day.isoformat()[:length]
