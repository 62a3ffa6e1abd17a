"""What a session is called in its owner's list: a browser and a system, in a few words."""

import re
from typing import Final

from litestar.types import Scope

# The first that fits; several browsers also name those they descend from.
_BROWSERS: Final = (
    ("Edge", re.compile(r"\bEdg(?:e|A|iOS)?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(?:Chrome|CriOS|Chromium|HeadlessChrome)/")),
    ("Safari", re.compile(r"\bSafari/")),
)
_SYSTEMS: Final = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("ChromeOS", re.compile(r"\bCrOS\b")),
    ("Mac", re.compile(r"\bMac(?:intosh| OS X)\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)
_READ: Final = 512  # characters of a header that anybody may fill with anything


def device_of(scope: Scope) -> str:
    """Return words like "Firefox on Linux" for the browser that asks, or "" when it does not say.

    Only words of ours: what a browser says of itself is shown to nobody.
    """
    said = next((value for name, value in scope["headers"] if name == b"user-agent"), b"").decode("latin-1")[:_READ]
    browser = next((name for name, pattern in _BROWSERS if pattern.search(said)), "")
    system = next((name for name, pattern in _SYSTEMS if pattern.search(said)), "")
    return f"{browser} on {system}" if browser and system else browser or system
