"""What is read beside the log of a case: seats, memberships, answered commands, the mediator's notes, presence.

All but notes and presence could be rebuilt from the log; they are written in the transaction that writes it.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE public.seats (
    case_id uuid NOT NULL REFERENCES public.cases,
    participant_id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES public.accounts,
    role text NOT NULL,
    party text NULL CHECK (party IN ('business', 'client')),
    name text NOT NULL,
    joined_at timestamptz NOT NULL,
    left_at timestamptz NULL,
    PRIMARY KEY (case_id, participant_id)
);
-- An account sits on a case once at a time, and may come back later.
CREATE UNIQUE INDEX seats_one_at_a_time ON public.seats (case_id, account_id) WHERE left_at IS NULL;
CREATE INDEX seats_of_an_account ON public.seats (account_id);

CREATE TABLE public.memberships (
    case_id uuid NOT NULL,
    room text NOT NULL,
    participant_id uuid NOT NULL,
    from_seq bigint NOT NULL CHECK (from_seq >= 1),
    until_seq bigint NULL,
    PRIMARY KEY (case_id, room, participant_id, from_seq),
    FOREIGN KEY (case_id, room) REFERENCES public.rooms,
    FOREIGN KEY (case_id, participant_id) REFERENCES public.seats
);

-- The fingerprint of a command is erased with the message it posted: a hash of few words could be guessed.
CREATE TABLE public.commands (
    case_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    command_id uuid NOT NULL,
    fingerprint bytea NULL,
    written_rooms text[] NOT NULL,
    written_seqs bigint[] NOT NULL,
    PRIMARY KEY (case_id, participant_id, command_id),
    FOREIGN KEY (case_id, participant_id) REFERENCES public.seats
);

CREATE TABLE public.notes (
    case_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    text text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, participant_id),
    FOREIGN KEY (case_id, participant_id) REFERENCES public.seats
);

-- Who is connected is worth nothing after a crash, so it is not logged. A row outlives its process by its lease.
CREATE UNLOGGED TABLE public.presence (
    case_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    socket uuid NOT NULL,
    process uuid NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (case_id, participant_id, socket)
);
CREATE INDEX presence_of_a_process ON public.presence (process);
"""

GRANTS = """
GRANT SELECT, INSERT ON public.seats, public.memberships, public.commands TO mediation_app;
GRANT UPDATE (left_at) ON public.seats TO mediation_app;
GRANT UPDATE (until_seq) ON public.memberships TO mediation_app;
GRANT UPDATE (fingerprint) ON public.commands TO mediation_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.notes, public.presence TO mediation_app;
"""


def upgrade() -> None:
    for statements in (TABLES, GRANTS):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
