"""What the portal refuses to run with, and the sentence it says."""

from pathlib import Path

import pytest

from mediation.settings import CATALOGUE, SmtpServer, UnsafeSettings, advice, load_settings, shown

REAL = {
    "DATABASE_URL": "postgresql://portal@db/portal",
    "MEDIATION_BASE_URL": "https://mediation.example.org",
    "MEDIATION_OPERATOR": "Example Mediation",
    "MEDIATION_SMTP": "smtps://portal:hunter2@mail.example.org",
}
FAR = "postgresql://portal@db.example.org/portal"


def test_an_empty_environment_gives_a_portal_for_this_machine_alone() -> None:
    settings = load_settings({})
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, False)
    assert settings.origin == "http://localhost:8000"
    assert settings.data_dir == Path.cwd() / "var"


def test_the_port_is_part_of_where_people_reach_it() -> None:
    assert load_settings({"PORT": "8123"}).origin == "http://localhost:8123"


def test_a_real_portal_behind_a_proxy_is_accepted() -> None:
    settings = load_settings({**REAL, "MEDIATION_HOST": "0.0.0.0", "MEDIATION_PROXY": "10.0.0.2"})
    assert settings.origin == "https://mediation.example.org"


@pytest.mark.parametrize(
    "database",
    [
        "postgresql://portal@localhost/portal",
        "postgresql:///portal?host=/run/postgresql",
        "postgresql://portal@database:5432/portal",
        f"{FAR}?sslmode=verify-full",
    ],
)
def test_a_database_nearby_or_reached_through_tls_is_accepted(database: str) -> None:
    assert load_settings({**REAL, "DATABASE_URL": database}).database_url == database


@pytest.mark.parametrize(
    ("written", "sent_by_browsers"),
    [
        ("https://Mediation.Example.org/", "https://mediation.example.org"),
        ("https://mediation.example.org:443", "https://mediation.example.org"),
        ("https://mediation.example.org:8443", "https://mediation.example.org:8443"),
    ],
)
def test_the_origin_is_written_as_browsers_send_it(written: str, sent_by_browsers: str) -> None:
    assert load_settings({**REAL, "MEDIATION_BASE_URL": written}).origin == sent_by_browsers


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"MEDIATION_DEMO": "1", "MEDIATION_HOST": "0.0.0.0"}, "listens on this machine only"),
        ({"MEDIATION_DEMO": "1", **REAL}, "one machine"),
        ({"MEDIATION_BASE_URL": "http://mediation.example.org", "DATABASE_URL": "postgresql://db/p"}, "https://"),
        ({**REAL, "DATABASE_URL": ""}, "set DATABASE_URL"),
        ({"MEDIATION_HOST": "0.0.0.0"}, "embedded database is for trying the portal out"),
        ({**REAL, "MEDIATION_OPERATOR": " "}, "set MEDIATION_OPERATOR"),
        ({**REAL, "MEDIATION_SMTP": ""}, "set MEDIATION_SMTP"),
        ({**REAL, "DATABASE_URL": FAR}, "sslmode=verify-full"),
        ({**REAL, "DATABASE_URL": f"{FAR}?sslmode=prefer"}, "sslmode=verify-full"),
        ({**REAL, "DATABASE_URL": "postgresql://portal@10.0.0.7/portal"}, "sslmode=verify-full"),
        ({"DATABASE_URL": FAR}, "sslmode=verify-full"),
        ({"MEDIATION_COMMANDS": "0"}, "1 to 1000000"),
        ({"MEDIATION_BASE_URL": "http://127.0.0.1:8000"}, "a name, not a bare address"),
        ({"MEDIATION_BASE_URL": "https://[::1]"}, "a name, not a bare address"),
        ({"MEDIATION_BASE_URL": "https://example.org/portal"}, "without a path"),
        ({"MEDIATION_BASE_URL": "mediation.example.org"}, "without a path"),
        ({"MEDIATION_DEMO": "maybe"}, "MEDIATION_DEMO must be 1 or 0"),
        ({"MEDIATION_SIGNING_KEY": "0123"}, "64 hexadecimal digits"),
        ({"MEDIATION_METRICS_TOKEN": "short"}, "at least 20"),
        ({"DATABASE_URL": "mysql://db/portal"}, "postgresql://"),
        ({"MEDIATION_PROXY": "everyone"}, "address of one machine"),
        ({"MEDIATION_LOG": "loud"}, "auto, json, pretty"),
        ({"MEDIATION_POOL_SIZE": "0"}, "2 to 200"),
        ({"MEDIATION_SMTP": "mail.example.org"}, "must look like smtps://"),
        ({"MEDIATION_SMTP": "smtps://mail.example.org?starttls"}, "must look like smtps://"),
        ({"MEDIATION_SMTP": "smtp://mail.example.org?tls=maybe"}, "must look like smtps://"),
        ({"MEDIATION_SMTP": "smtp://portal:hunter2@mail.example.org"}, "its password in the clear"),
        ({"MEDIATION_MAIL_FROM": "Example Mediation"}, "must be an address"),
        ({"MEDIATION_MAIL_FROM": "a@b.example, c@d.example"}, "must be an address"),
        ({"PORT": "0"}, "1 to 65535"),
        ({"PORT": "٨٠٠٠"}, "1 to 65535"),
        ({"MEDIATION_BASEURL": "https://example.org"}, "not a setting of this portal"),
    ],
)
def test_what_is_unsafe_or_misspelt_is_refused_with_a_sentence(env: dict[str, str], sentence: str) -> None:
    with pytest.raises(UnsafeSettings, match=sentence):
        load_settings(env)


@pytest.mark.parametrize(
    ("written", "server"),
    [
        ("smtps://portal:p%40ss@mail.example.org", SmtpServer("mail.example.org", 465, "tls", "portal", "p@ss")),
        ("smtp://mail.example.org?starttls", SmtpServer("mail.example.org", 587, "starttls")),
        ("smtp://portal:p@localhost:1025", SmtpServer("localhost", 1025, "none", "portal", "p")),
    ],
)
def test_a_mail_server_is_written_as_an_address(written: str, server: SmtpServer) -> None:
    assert load_settings({"MEDIATION_SMTP": written}).smtp == server
    assert "p@ss" not in repr(server)


def test_mail_says_who_it_is_from() -> None:
    assert load_settings(REAL).sender == "mediation@mediation.example.org"
    sender = "Example Mediation <people@example.org>"
    assert load_settings({"MEDIATION_MAIL_FROM": sender}).sender == sender


def test_a_refusal_never_repeats_a_secret() -> None:
    with pytest.raises(UnsafeSettings) as refused:
        load_settings({"MEDIATION_SIGNING_KEY": "hunter2", "DATABASE_URL": "postgresql://u:hunter2@db/p"})
    assert "hunter2" not in str(refused.value)


def test_every_setting_is_listed_and_secrets_are_hidden() -> None:
    settings = load_settings({**REAL, "MEDIATION_SIGNING_KEY": "ab" * 32, "MEDIATION_METRICS_TOKEN": "t" * 32})
    listed = {setting.field: shown(setting, settings) for setting in CATALOGUE}
    assert listed.keys() == set(type(settings).__dataclass_fields__)
    assert len({setting.variable for setting in CATALOGUE}) == len(CATALOGUE), "one variable would set two things"
    assert listed["signing_key"] == listed["database_url"] == listed["metrics_token"] == "set (hidden)"
    assert listed["port"] == "8000"


def test_the_operator_is_told_what_is_better_changed() -> None:
    assert len(advice(load_settings({"MEDIATION_DEMO": "1"}))) == 5
    full = {**REAL, "MEDIATION_SIGNING_KEY": "ab" * 32}
    assert advice(load_settings(full)) == []
