"""The first staff account is made on the command line; nobody has to edit the database."""

import subprocess
from collections.abc import Callable

import httpx

from portal_process import Portal


def add(
    portal: Portal, *, name: str = "Noa Keller", email: str = "noa@example.org", password: str
) -> "subprocess.CompletedProcess[str]":
    return portal.command("account", "add", "--name", name, "--email", email, typed=f"{password}\n")


def test_an_account_made_on_the_command_line_signs_in(start_portal: Callable[..., Portal]) -> None:
    portal = start_portal(demo=False)
    password = "a long enough password"
    made = add(portal, password=password)
    assert (made.returncode, made.stdout) == (0, "Noa Keller can sign in as noa@example.org.\n")
    answer = httpx.post(f"{portal.url}/api/sign-in", json={"email": "noa@example.org", "password": password})
    assert answer.json()["name"] == "Noa Keller"
    again = add(portal, password=password)
    assert again.returncode == 1
    assert "There is an account with this address." in again.stderr
    short = add(portal, email="other@example.org", password="short")
    assert short.returncode == 1
    assert "fewer than 12 characters" in short.stderr
