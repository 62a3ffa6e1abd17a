"""By which days a business counts: the public holidays of places, and the time zones there are.

The package `holidays` knows them from each place's laws. What is chosen is copied into the policy, day by day, so that
no update of the package ever moves a date of a case.
"""

import warnings
from functools import cache, lru_cache
from zoneinfo import available_timezones

import holidays
from holidays.registry import COUNTRIES

from mediation.ladder.wire import Calendars, Country, Holiday, Holidays, Region

_YEARS = 10
# Names of files beside the zones, and of the machine's own one.
_NO_ZONES = frozenset({"Factory", "localtime"})


@cache
def zones() -> frozenset[str]:
    """The names of the IANA database."""
    return frozenset(available_timezones() - _NO_ZONES)


@cache
def calendars() -> Calendars:
    """Every country by its English name, with its regions, and every time zone."""
    with_regions = holidays.list_supported_countries(include_aliases=False)
    known = {entry[1]: name for name, entry in COUNTRIES.items()}
    countries = [
        Country(code=code, name=_words(known[code]), regions=_regions(code) if regions else [])
        for code, regions in with_regions.items()
        if code in known
    ]
    return Calendars(countries=sorted(countries, key=lambda one: one.name), zones=sorted(zones()))


def knows(country: str, region: str) -> bool:
    """Whether there is such a country, with such a region; an empty region is the country as a whole."""
    found = next((one for one in calendars().countries if one.code == country), None)
    return found is not None and (not region or any(one.code == region for one in found.regions))


@lru_cache(maxsize=256)
def holidays_of(country: str, region: str, language: str, year: int) -> Holidays:
    """The holidays of a place that is known, for ten years; `year` is the present one.

    They are named in `language` where the package can, else in one of the place.
    """
    place = getattr(holidays, country)
    spoken = next((one for one in place.supported_languages if one.startswith(language)), place.default_language)
    until = min(year + _YEARS - 1, place.end_year)
    while True:
        with warnings.catch_warnings(record=True) as doubts:
            warnings.simplefilter("always")
            found = holidays.country_holidays(
                country, subdiv=region or None, years=range(year, until + 1), language=spoken
            )
        # Where days go by the moon, the last years may be told in part; then they are left out.
        if not doubts or until == year:
            break
        until -= 1
    # A day that is taken instead may fall into the year after.
    days = [Holiday(day=day, name=name) for day, name in sorted(found.items()) if year <= day.year <= until]
    return Holidays(until=until, days=days)


def _regions(country: str) -> list[Region]:
    place = getattr(holidays, country)
    names: dict[str, str] = {code: code for code in place.subdivisions}
    for name, code in place.subdivisions_aliases.items():
        # Some have a short name as well.
        names[code] = max(name, names[code] if names[code] != code else "", key=len)
    return sorted((Region(code=code, name=name) for code, name in names.items()), key=lambda one: one.name)


def _words(name: str) -> str:
    return " ".join(w if w in {"and", "of", "the"} else w.capitalize() for w in name.split("_"))
