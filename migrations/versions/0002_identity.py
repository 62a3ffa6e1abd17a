"""Accounts, sessions, invitations, demo links and limits: plain tables, no part of the record."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the way in. Every bearer token is kept as its SHA-256 alone."""
    op.execute(
        """
        CREATE TABLE accounts (
            account_id    uuid PRIMARY KEY,
            name          text NOT NULL CHECK (name <> ''),
            email         text UNIQUE CHECK (email = lower(email)),
            password_hash text,
            kind          text NOT NULL CHECK (kind IN ('staff', 'guest')),
            created_at    timestamptz NOT NULL
        );

        CREATE TABLE sessions (
            token_hash   bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
            account_id   uuid NOT NULL REFERENCES accounts,
            created_at   timestamptz NOT NULL,
            last_seen_at timestamptz NOT NULL,
            idle_until   timestamptz NOT NULL,
            expires_at   timestamptz NOT NULL,
            ended_at     timestamptz
        );

        CREATE TABLE invitations (
            token_hash     bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
            invitation_id  uuid NOT NULL UNIQUE,
            case_id        uuid NOT NULL,
            role           text NOT NULL,
            party          text,
            suggested_name text NOT NULL DEFAULT '',
            title          text NOT NULL DEFAULT '',
            invited_by     uuid NOT NULL,
            inviter_party  text,
            created_at     timestamptz NOT NULL,
            expires_at     timestamptz NOT NULL,
            revoked_at     timestamptz,
            declined_at    timestamptz,
            accepted_at    timestamptz,
            accepted_by    uuid,
            accepted_with  uuid,
            CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
            CHECK ((accepted_at IS NULL) = (accepted_with IS NULL))
        );
        CREATE INDEX invitations_by_case ON invitations (case_id, created_at);

        CREATE TABLE demo_links (
            token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
            account_id uuid NOT NULL REFERENCES accounts,
            case_id    uuid,
            created_at timestamptz NOT NULL
        );

        CREATE TABLE limits (
            key          bytea PRIMARY KEY,
            window_start timestamptz NOT NULL,
            count        integer NOT NULL
        );
        CREATE INDEX limits_by_age ON limits (window_start);

        GRANT SELECT, INSERT, UPDATE ON accounts, sessions, invitations TO mediation_app;
        GRANT SELECT, INSERT ON demo_links TO mediation_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON limits TO mediation_app;
        """
    )


def downgrade() -> None:
    """Refuse: migrations go forward only."""
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
