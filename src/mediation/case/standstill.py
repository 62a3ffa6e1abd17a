"""Whether legal time limits stand still, as the papers say. Pure: one answer for papers, mails and the first page.

The browser asks the same of what its view holds (`frontend/src/text/standstill.ts`).
"""

from datetime import UTC, datetime
from typing import Literal

from mediation.case.state import Standstill

TimeLimits = Literal["may-run", "stand-still", "may-run-again"]
"""Nothing was agreed; they stand still; what was agreed is over."""


def time_limits(standstill: Standstill, now: datetime) -> TimeLimits:
    """How it is with legal time limits now. The day that both sides named counts whole, by UTC."""
    if standstill.until is None:
        return "may-run"
    return "stand-still" if now.astimezone(UTC).date() <= standstill.until else "may-run-again"
