"""`mediation …`: reads the command line and hands over. Each command imports only what it needs."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mediation.settings import CannotRun


def main(words: Sequence[str] | None = None) -> None:
    """Runs one command and ends the process: 0 done, 1 refused or wrong, 2 misspelt."""
    chosen = _parser().parse_args(words)
    try:
        sys.exit(chosen.run(chosen))
    except CannotRun as refused:
        sys.exit(f"mediation {chosen.command}: {refused}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mediation", description="A portal for settling a dispute with a mediator.")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    serve = commands.add_parser("serve", help="run the portal", description=_SERVE, formatter_class=_Plain)
    serve.add_argument("--demo", action="store_true", help="load the demo disputes and print sign-in links")
    serve.set_defaults(run=_serve)

    demo = commands.add_parser("demo", help="open a fresh demo case in the running portal", description=_DEMO)
    demo.add_argument("--json", action="store_true", help="print the answer as JSON")
    demo.add_argument("--scenario", metavar="NAME", help="the dispute to open, such as late-website")
    demo.add_argument("--stage", metavar="STAGE", help="how far the case is: opening … follow-up")
    demo.set_defaults(run=_demo)

    migrate = commands.add_parser("migrate", help="bring the database up to date", description=_MIGRATE)
    migrate.set_defaults(run=_migrate)

    export = commands.add_parser("export", help="write a participant's bundle", description=_EXPORT)
    export.add_argument("case", metavar="CASE", help="the case, 32 hex digits")
    export.add_argument("--for", dest="participant", metavar="PARTICIPANT", required=True, help="32 hex digits")
    export.add_argument("--out", metavar="FILE", type=Path, required=True, help="the zip file to write")
    export.set_defaults(run=_export)

    hold = commands.add_parser("hold", help="stop all erasure of a case by an order, or lift it", description=_HOLD)
    hold.add_argument("case", metavar="CASE", help="the case, 32 hex digits")
    what = hold.add_mutually_exclusive_group(required=True)
    what.add_argument("--order", metavar="REFERENCE", help="the order that says so; everybody on the case reads it")
    what.add_argument("--lift", action="store_true", help="the order no longer holds")
    hold.set_defaults(run=_hold)

    verify = commands.add_parser("verify", help="check a bundle offline", description=_VERIFY)
    verify.add_argument("file", metavar="FILE", type=Path)
    verify.add_argument("--key", metavar="FINGERPRINT", help="the signing key you expect, as printed on the papers")
    verify.set_defaults(run=_verify)

    account = commands.add_parser("account", help="make an account for staff, or a link to its password")
    kinds = account.add_subparsers(dest="what", metavar="WHAT", required=True)
    add = kinds.add_parser("add", help="make a staff account", description=_ACCOUNT)
    add.add_argument("--name", required=True, help="the name the others will see")
    add.add_argument("--email", required=True, help="the address to sign in with")
    add.add_argument("--administrator", action="store_true", help="it manages accounts, and has no seat on any case")
    add.add_argument("--language", choices=("en", "de"), default="en", help="of the mails to it (en)")
    add.set_defaults(run=_account_add)
    link = kinds.add_parser("link", help="print a link that sets its password", description=_ACCOUNT_LINK)
    link.add_argument("--email", required=True, help="the address it signs in with")
    link.set_defaults(run=_account_link)

    keys = commands.add_parser("keys", help="show the signing key's fingerprint, or replace the key", description=_KEYS)
    keys.add_argument("--rotate", action="store_true", help="hand over to a fresh key")
    keys.set_defaults(run=_keys)

    doctor = commands.add_parser("doctor", help="list settings and check the database", description=_DOCTOR)
    doctor.add_argument("--record", metavar="CASE", help="rebuild every hash chain of one case, or of all: 'all'")
    doctor.set_defaults(run=_doctor)
    return parser


class _Plain(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of a description as they are."""


_SERVE = """Run the portal in the foreground.

Without DATABASE_URL an embedded PostgreSQL is started under MEDIATION_DATA and stopped again at the end.
`mediation doctor` lists every setting."""
_DEMO = "Open a fresh demo case, in which everyone has joined, in the portal that runs in demo mode on PORT."
_MIGRATE = "Apply the migrations that are missing, all or nothing. `mediation serve` does this by itself."
_EXPORT = """Write what one participant may take away: papers and talks provable, the mediation as they saw it.
A paper of the case says that you did."""
_HOLD = """Keep everything that was said in a case because an order says so, or lift that: then what is due is erased,
not before 14 days later. Both are papers of the case."""
_VERIFY = "Check a bundle without network or database: exit 0 and what was proven, or 1 and what is wrong first."
_KEYS = "Show the fingerprints that people compare with --key of `mediation verify`, the present one last."
_ACCOUNT = "Make a staff account. The password is asked for, or read as one line from standard input."
_ACCOUNT_LINK = (
    "Print a link that sets the account's password, for when mail cannot reach it: good for half an hour, once."
)
_DOCTOR = "List every setting, what is unsafe, and the state of the database."


def _serve(chosen: argparse.Namespace) -> None:
    from mediation import serve

    serve.run({**os.environ, **({"MEDIATION_DEMO": "1"} if chosen.demo else {})})


def _demo(chosen: argparse.Namespace) -> None:
    from mediation import demo_client

    demo_client.run(os.environ, scenario=chosen.scenario, stage=chosen.stage, as_json=chosen.json)


def _migrate(_chosen: argparse.Namespace) -> None:
    from mediation import operating

    operating.run_migrate(os.environ)


def _export(chosen: argparse.Namespace) -> None:
    from mediation import operating

    operating.run_export(os.environ, chosen.case, chosen.participant, chosen.out)


def _hold(chosen: argparse.Namespace) -> None:
    from mediation import operating

    operating.run_hold(os.environ, chosen.case, None if chosen.lift else chosen.order)


def _verify(chosen: argparse.Namespace) -> int:
    from mediation.export import verify

    return verify.run(chosen.file, chosen.key)


def _account_add(chosen: argparse.Namespace) -> None:
    from mediation import operating

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    operating.run_account_add(
        os.environ,
        chosen.name,
        chosen.email,
        password,
        administrator=chosen.administrator,
        language=chosen.language,
    )


def _account_link(chosen: argparse.Namespace) -> None:
    from mediation import operating

    operating.run_account_link(os.environ, chosen.email)


def _keys(chosen: argparse.Namespace) -> int:
    from mediation import operating

    operating.run_keys(os.environ, rotate=chosen.rotate)
    return 0


def _doctor(chosen: argparse.Namespace) -> int:
    from mediation import operating

    return operating.run_doctor(os.environ, chosen.record)
