"""Who is to be told of what, how people want to be told, and what goes to a business's own systems.

Why so: docs/decisions/0098-a-notice-is-a-row.md and 0099-a-webhook-says-that-and-not-what.md.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# A notice says that something was said in a room: it stands behind the wall as what was said does, and goes with it.
# `seq` is the entry that it leads to, `last_seq` the newest that is told with it. `mail_at` is when it is to be mailed
# (never, when null), `mailed_at` when it was.
NOTICES = """
CREATE TABLE public.notices (
    notice_id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES public.cases,
    participant_id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES public.accounts,
    room text NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 1),
    last_seq bigint NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    due_at timestamptz NULL,
    how text NOT NULL CHECK (how IN ('at-once', 'daily', 'never')),
    mail_at timestamptz NULL,
    mailed_at timestamptz NULL,
    read_at timestamptz NULL,
    UNIQUE (case_id, participant_id, room, seq),
    CHECK (last_seq >= seq),
    CHECK (mail_at IS NULL OR how <> 'never')
);
CREATE UNIQUE INDEX notices_gathered ON public.notices (case_id, participant_id, room, kind)
    WHERE read_at IS NULL AND kind IN ('news', 'clauses');
CREATE INDEX notices_due ON public.notices (mail_at)
    WHERE mail_at IS NOT NULL AND mailed_at IS NULL AND read_at IS NULL;
CREATE INDEX notices_due_of ON public.notices (account_id, mail_at)
    WHERE mail_at IS NOT NULL AND mailed_at IS NULL AND read_at IS NULL;
CREATE INDEX notices_unread ON public.notices (account_id) WHERE read_at IS NULL;
"""

WISHES = """
CREATE TABLE public.notice_wishes (
    account_id uuid PRIMARY KEY REFERENCES public.accounts,
    awaits text NOT NULL CHECK (awaits IN ('at-once', 'daily', 'never')),
    news text NOT NULL CHECK (news IN ('at-once', 'daily', 'never')),
    digest_at time NOT NULL,
    quiet_begins time NULL,
    quiet_ends time NULL,
    zone text NOT NULL CHECK (zone <> ''),
    CHECK ((quiet_begins IS NULL) = (quiet_ends IS NULL))
);
CREATE TABLE public.notice_room_wishes (
    case_id uuid NOT NULL REFERENCES public.cases,
    participant_id uuid NOT NULL,
    room text NOT NULL,
    how text NOT NULL CHECK (how IN ('at-once', 'daily', 'never')),
    PRIMARY KEY (case_id, participant_id, room)
);
"""

WALL = """
ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_app ON public.{table} TO mediation_app USING (true) WITH CHECK (true);
CREATE POLICY {table}_reader ON public.{table} FOR SELECT TO mediation_reader USING (
    case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
    AND participant_id = NULLIF(current_setting('mediation.participant', true), '')::uuid
    AND EXISTS (
        SELECT FROM public.memberships m
        WHERE m.case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
          AND m.participant_id = NULLIF(current_setting('mediation.participant', true), '')::uuid
          AND m.room = {table}.room AND m.until_seq IS NULL
    )
);
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON public.notices, public.notice_room_wishes TO mediation_app;
GRANT SELECT, INSERT, UPDATE ON public.notice_wishes TO mediation_app;
GRANT SELECT (notice_id, case_id, participant_id, room, seq, kind, at, due_at, read_at)
    ON public.notices TO mediation_reader;
GRANT SELECT (case_id, participant_id, room, how) ON public.notice_room_wishes TO mediation_reader;
"""

# Of a hook the secret is kept as it is, because every delivery is signed with it. What is delivered holds no word.
WEBHOOKS = """
CREATE TABLE public.webhooks (
    organisation_id uuid PRIMARY KEY REFERENCES public.organisations,
    url text NOT NULL CHECK (url <> '' AND length(url) <= 500),
    secret bytea NOT NULL CHECK (octet_length(secret) = 32),
    former_secret bytea NULL CHECK (octet_length(former_secret) = 32),
    former_until timestamptz NULL,
    enabled boolean NOT NULL,
    changed_by uuid NOT NULL REFERENCES public.accounts,
    changed_at timestamptz NOT NULL,
    CHECK ((former_secret IS NULL) = (former_until IS NULL))
);
CREATE TABLE public.webhook_deliveries (
    delivery_id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES public.organisations,
    case_id uuid NULL REFERENCES public.cases,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    give_up_at timestamptz NOT NULL,
    next_try_at timestamptz NULL,
    lease uuid NULL,
    tries integer NOT NULL DEFAULT 0,
    tried_at timestamptz NULL,
    status integer NULL,
    failure text NULL,
    delivered_at timestamptz NULL,
    failed_at timestamptz NULL,
    CHECK ((next_try_at IS NULL) = (delivered_at IS NOT NULL OR failed_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_waiting ON public.webhook_deliveries (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX webhook_deliveries_of ON public.webhook_deliveries (organisation_id, created_at DESC);
CREATE INDEX webhook_deliveries_by_age ON public.webhook_deliveries (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.webhook_deliveries TO mediation_app;
GRANT SELECT, INSERT, UPDATE ON public.webhooks TO mediation_app;
"""


def upgrade() -> None:
    op.execute(NOTICES)
    op.execute(WISHES)
    for table in ("notices", "notice_room_wishes"):
        op.execute(WALL.format(table=table))
    op.execute(GRANTS)
    op.execute(WEBHOOKS)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
