"""Mail waiting to be sent, links of invitations, one-time codes, and disputes opened from outside."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What a mail says is erased with its sending: it holds a link or a code. What stays tells that a mail went out.
OUTBOX = """
CREATE TABLE public.outbox (
    mail_id     uuid PRIMARY KEY,
    kind        text NOT NULL,
    message     text NULL,
    created_at  timestamptz NOT NULL,
    give_up_at  timestamptz NOT NULL,
    next_try_at timestamptz NOT NULL,
    tries       integer NOT NULL DEFAULT 0,
    lease       uuid NULL,
    sent_at     timestamptz NULL,
    failed_at   timestamptz NULL,
    failure     text NULL,
    CHECK ((message IS NULL) = (sent_at IS NOT NULL OR failed_at IS NOT NULL)),
    CHECK (sent_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX outbox_waiting ON public.outbox (next_try_at) WHERE message IS NOT NULL;
CREATE INDEX outbox_by_age ON public.outbox (created_at);
"""

# An invitation has one address and any number of links. Those made before this have no address to ask a code of, so
# the open ones end here; whoever made them sees it and invites again.
INVITATIONS = """
CREATE TABLE public.invitation_links (
    token_hash    bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    invitation_id uuid NOT NULL REFERENCES public.invitations (invitation_id),
    made_at       timestamptz NOT NULL,
    void_at       timestamptz NULL
);
CREATE INDEX links_of_an_invitation ON public.invitation_links (invitation_id);
INSERT INTO public.invitation_links (token_hash, invitation_id, made_at)
    SELECT token_hash, invitation_id, created_at FROM public.invitations;
ALTER TABLE public.invitations DROP COLUMN token_hash;
ALTER TABLE public.invitations ADD PRIMARY KEY (invitation_id);
ALTER TABLE public.invitations
    ADD COLUMN email text NULL CHECK (email = lower(email)),
    ADD COLUMN language text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de')),
    ADD COLUMN mail_id uuid NULL;
UPDATE public.invitations SET revoked_at = current_timestamp WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX invitations_by_email ON public.invitations (email);
"""

# A browser that has shown, by a code, that it belongs to whoever reads the mailbox that was invited.
VISITS = """
CREATE TABLE public.visits (
    visit_hash    bytea NOT NULL CHECK (octet_length(visit_hash) = 32),
    invitation_id uuid NOT NULL REFERENCES public.invitations (invitation_id),
    expires_at    timestamptz NOT NULL,
    PRIMARY KEY (visit_hash, invitation_id)
);
CREATE INDEX visits_by_age ON public.visits (expires_at);
CREATE INDEX visits_of_an_invitation ON public.visits (invitation_id);
"""

# `subject_hash` stands for what the code is for and whom it was mailed to; the code itself is kept under a key that
# is not in the database.
CODES = """
CREATE TABLE public.codes (
    subject_hash bytea PRIMARY KEY CHECK (octet_length(subject_hash) = 32),
    nonce        bytea NOT NULL,
    code_hash    bytea NOT NULL CHECK (octet_length(code_hash) = 32),
    made_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    tries        integer NOT NULL DEFAULT 0,
    used_at      timestamptz NULL
);
CREATE INDEX codes_by_age ON public.codes (expires_at);
"""

# The same form sent again (an answer was lost) leads to the same case; `intake_hash` stands for page, address and
# command.
INTAKES = """
CREATE TABLE public.intakes (
    intake_hash    bytea PRIMARY KEY CHECK (octet_length(intake_hash) = 32),
    case_id        uuid NOT NULL REFERENCES public.cases,
    participant_id uuid NOT NULL,
    account_id     uuid NOT NULL REFERENCES public.accounts,
    answer_by      timestamptz NOT NULL,
    opened_at      timestamptz NOT NULL
);
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON public.outbox, public.visits, public.codes TO mediation_app;
GRANT SELECT, INSERT, UPDATE ON public.invitation_links TO mediation_app;
GRANT SELECT, INSERT ON public.intakes TO mediation_app;
"""


def upgrade() -> None:
    """Makes the tables; links that were made before this lead to their invitations as they did."""
    for statements in (OUTBOX, INVITATIONS, VISITS, CODES, INTAKES, GRANTS):
        op.execute(statements)


def downgrade() -> None:
    """Refuses: a way back would need the addresses that were never asked for."""
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
