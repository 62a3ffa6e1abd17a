"""Where a webhook may lead: out, over TLS. Never into the network that the portal stands in.

Whoever enters an address could otherwise have the portal knock on doors that only it can reach (SSRF). A name may lead
elsewhere tomorrow, so it is resolved and looked at again before each try, and the try goes to the very address that was
looked at.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias
from urllib.parse import urlsplit

LONGEST: Final = 500
_PORTS: Final = {"https": 443, "http": 80}
_EMBEDDING: Final = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Addresses that stand for another one, of IPv4, behind a gateway."""

Resolver: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host."""


class NotAllowed(ValueError):  # noqa: N818 - reads as the sentence it is
    """The portal does not go there; `str()` says why in a few words that name no address."""


async def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, as the system resolves it. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]).partition("%")[0] for *_, address in found]


def check_url(url: str, *, demo: bool) -> tuple[str, int]:
    """Return host and port of an address that a hook may have. Raises `NotAllowed`.

    In a demo it may be this very machine, in the clear, so that a receiver can be tried out there.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed("that is no address") from None
    host = parts.hostname
    if len(url) > LONGEST or not host or not url.isascii() or any(c.isspace() or ord(c) < 0x20 for c in url):  # noqa: PLR2004 - controls
        raise NotAllowed("that is no address")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise NotAllowed("an address here has neither a name before an @ nor a part behind a #")
    if parts.scheme != "https" and not (demo and parts.scheme == "http" and _is_this_machine(host)):
        raise NotAllowed("it must begin with https://")
    if _as_address(host) is not None and not may_reach(host, demo=demo):
        raise NotAllowed("it leads into a private network")
    if not demo and (host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host):
        raise NotAllowed("it leads into a private network")
    return host, port or _PORTS[parts.scheme]


async def address_for(url: str, *, demo: bool, resolver: Resolver = resolve) -> tuple[str, str]:
    """Return the host of a hook and the one address that this try goes to.

    Raises `NotAllowed` when any address of the host is in a private network, and `OSError` when it has none.
    """
    host, port = check_url(url, demo=demo)
    addresses = await resolver(host, port)
    if not addresses:
        raise OSError("no address")
    if not all(may_reach(address, demo=demo) for address in addresses):
        raise NotAllowed("it leads into a private network")
    return host, addresses[0]


def may_reach(text: str, *, demo: bool) -> bool:
    """Whether this is an address of the open network; in a demo also one of this machine."""
    address = _as_address(text)
    if address is None:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if demo and address.is_loopback:
        return True
    if isinstance(address, IPv6Address) and any(address in network for network in _EMBEDDING):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _as_address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_this_machine(host: str) -> bool:
    address = _as_address(host)
    return host == "localhost" or (address is not None and address.is_loopback)
