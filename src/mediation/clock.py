"""The only place that reads the clock. Everything else is told the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC, cut to the millisecond, because that is what the record keeps."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
