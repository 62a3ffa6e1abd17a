"""Passkeys, password resets, administrators, organisations, complaints about a mediator.

Plain tables, no part of any record. Who reads on behalf of a person (mediation_reader) needs none of them.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ACCOUNTS = """
ALTER TABLE public.accounts
    ADD COLUMN administrator boolean NOT NULL DEFAULT false,
    ADD COLUMN disabled_at timestamptz NULL,
    ADD COLUMN language text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de')),
    ADD CHECK (NOT administrator OR kind = 'staff');

ALTER TABLE public.sessions ADD COLUMN device text NOT NULL DEFAULT '';
CREATE INDEX sessions_of_an_account ON public.sessions (account_id);
CREATE INDEX sessions_by_end ON public.sessions (LEAST(ended_at, idle_until, expires_at));
"""

# A challenge is deleted by its first use. One for a new passkey belongs to the session that asked for it.
PASSKEYS = """
CREATE TABLE public.passkeys (
    passkey_id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES public.accounts,
    credential_id bytea NOT NULL UNIQUE CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL CHECK (sign_count >= 0),
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NULL
);
CREATE INDEX passkeys_of_an_account ON public.passkeys (account_id);

CREATE TABLE public.passkey_challenges (
    challenge_id uuid PRIMARY KEY,
    challenge bytea NOT NULL,
    account_id uuid NULL REFERENCES public.accounts,
    session bytea NULL,
    expires_at timestamptz NOT NULL,
    CHECK ((account_id IS NULL) = (session IS NULL))
);
CREATE INDEX passkey_challenges_by_age ON public.passkey_challenges (expires_at);
"""

PASSWORDS = """
CREATE TABLE public.password_resets (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account_id uuid NOT NULL REFERENCES public.accounts,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX password_resets_of_an_account ON public.password_resets (account_id);

-- A browser that signed in before: strangers who guess at an account do not use up its tries.
CREATE TABLE public.known_browsers (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account_id uuid NOT NULL REFERENCES public.accounts,
    expires_at timestamptz NOT NULL
);
CREATE INDEX known_browsers_of_an_account ON public.known_browsers (account_id);
CREATE INDEX known_browsers_by_age ON public.known_browsers (expires_at);
"""

ORGANISATIONS = """
CREATE TABLE public.organisations (
    organisation_id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('business', 'provider')),
    name text NOT NULL CHECK (name <> ''),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    place text NOT NULL,
    email text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE TABLE public.organisation_members (
    organisation_id uuid NOT NULL REFERENCES public.organisations,
    account_id uuid NOT NULL REFERENCES public.accounts,
    role text NOT NULL CHECK (role IN ('lead', 'staff')),
    PRIMARY KEY (organisation_id, account_id)
);
CREATE INDEX organisations_of_an_account ON public.organisation_members (account_id);

-- Which business a case is with, so that earlier cases of the same mediator with it can be told.
CREATE TABLE public.case_organisations (
    case_id uuid NOT NULL REFERENCES public.cases,
    organisation_id uuid NOT NULL REFERENCES public.organisations,
    PRIMARY KEY (case_id, organisation_id)
);
CREATE INDEX cases_of_an_organisation ON public.case_organisations (organisation_id);
"""

# To an organisation, or to the administrators when it names none. Beside the record, so that the mediator whom it is
# about never comes across it.
COMPLAINTS = """
CREATE TABLE public.complaints (
    complaint_id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES public.cases,
    by_participant uuid NOT NULL,
    about_account uuid NOT NULL REFERENCES public.accounts,
    organisation_id uuid NULL REFERENCES public.organisations,
    text text NOT NULL,
    created_at timestamptz NOT NULL,
    handled_at timestamptz NULL
);
CREATE INDEX complaints_to_an_organisation ON public.complaints (organisation_id, created_at);
"""

GRANTS = """
GRANT DELETE ON public.sessions TO mediation_app;
GRANT SELECT, INSERT, DELETE ON public.passkeys, public.passkey_challenges, public.password_resets,
    public.known_browsers, public.organisation_members TO mediation_app;
GRANT UPDATE (sign_count, last_used_at) ON public.passkeys TO mediation_app;
GRANT UPDATE (role) ON public.organisation_members TO mediation_app;
GRANT SELECT, INSERT ON public.organisations, public.case_organisations, public.complaints TO mediation_app;
GRANT UPDATE (handled_at) ON public.complaints TO mediation_app;
"""


def upgrade() -> None:
    for statements in (ACCOUNTS, PASSKEYS, PASSWORDS, ORGANISATIONS, COMPLAINTS, GRANTS):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
