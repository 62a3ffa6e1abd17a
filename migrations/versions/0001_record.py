"""The record: entries, heads, checkpoints, openings, signing keys, and the two roles that may touch them.

Format: docs/record-format.md. Why the database itself refuses changes:
docs/decisions/0020-append-only-in-the-database.md.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Roles belong to the whole cluster, so another database of the same cluster may be creating them at this moment.
# Since PostgreSQL 16 a CREATEROLE owner administers only the roles it created itself.
ROLES = """
DO $roles$
DECLARE
    wanted text;
    may_use boolean;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['mediation_app', 'mediation_eraser'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT', wanted);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
        IF current_setting('server_version_num')::int >= 160000 THEN
            EXECUTE format('SELECT pg_catalog.pg_has_role(current_user, %L, ''SET'')', wanted) INTO may_use;
        ELSE
            may_use := pg_catalog.pg_has_role(current_user, wanted, 'MEMBER');
        END IF;
        IF NOT may_use THEN
            BEGIN
                EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
            EXCEPTION
                WHEN unique_violation THEN
                    NULL;
                WHEN insufficient_privilege THEN
                    RAISE EXCEPTION 'The role % exists but % may not use it.', wanted, current_user
                        USING HINT = format('As an administrator: GRANT %I TO %I WITH ADMIN OPTION;',
                                            wanted, current_user);
            END;
        END IF;
    END LOOP;
END
$roles$
"""

TABLES = """
CREATE TABLE public.cases (
    case_id uuid PRIMARY KEY,
    opened_at timestamptz NOT NULL,
    checkpoint_n bigint NOT NULL DEFAULT 0 CHECK (checkpoint_n >= 0),
    checkpoint_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(checkpoint_hash) = 32),
    checkpoint_at timestamptz NULL
);
CREATE TABLE public.rooms (
    case_id uuid NOT NULL REFERENCES public.cases,
    room text NOT NULL,
    slot smallint NOT NULL CHECK (slot BETWEEN 0 AND 15),
    length bigint NOT NULL CHECK (length >= 0),
    head bytea NOT NULL CHECK (octet_length(head) = 32),
    PRIMARY KEY (case_id, room),
    UNIQUE (case_id, slot)
);
-- No column tells author, kind or time: an erased entry leaves its commitment and nothing else behind.
-- "place" is the order of writing across the rooms of the case. It never leaves the server: one who sees it could
-- count what is said where they are not.
CREATE TABLE public.entries (
    case_id uuid NOT NULL,
    room text NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 1),
    place bigint NOT NULL CHECK (place >= 1),
    entry bytea NULL,
    salt bytea NULL CHECK (octet_length(salt) = 32),
    commitment bytea NOT NULL CHECK (octet_length(commitment) = 32),
    head bytea NOT NULL CHECK (octet_length(head) = 32),
    PRIMARY KEY (case_id, room, seq),
    FOREIGN KEY (case_id, room) REFERENCES public.rooms,
    CHECK ((entry IS NULL) = (salt IS NULL))
);
CREATE TABLE public.signing_keys (
    key_id text PRIMARY KEY CHECK (key_id = encode(sha256(ed25519), 'hex')),
    ed25519 bytea NOT NULL CHECK (octet_length(ed25519) = 32),
    valid_from timestamptz NOT NULL,
    signed_by text NULL UNIQUE REFERENCES public.signing_keys,
    signature bytea NULL CHECK (octet_length(signature) = 64),
    CHECK ((signed_by IS NULL) = (signature IS NULL))
);
-- One first key; every later one is signed by its predecessor, so the keys form one line without branches.
CREATE UNIQUE INDEX signing_keys_one_first ON public.signing_keys ((signed_by IS NULL)) WHERE signed_by IS NULL;
CREATE TABLE public.checkpoints (
    case_id uuid NOT NULL REFERENCES public.cases,
    n bigint NOT NULL CHECK (n >= 1),
    body bytea NOT NULL,
    sig bytea NOT NULL CHECK (octet_length(sig) = 64),
    key_id text NOT NULL REFERENCES public.signing_keys,
    tst bytea NULL,
    PRIMARY KEY (case_id, n)
);
CREATE TABLE public.openings (
    case_id uuid NOT NULL,
    n bigint NOT NULL,
    slot smallint NOT NULL CHECK (slot BETWEEN 0 AND 15),
    room text NOT NULL,
    r bytea NOT NULL CHECK (octet_length(r) = 32),
    length bigint NOT NULL CHECK (length >= 0),
    PRIMARY KEY (case_id, n, slot),
    FOREIGN KEY (case_id, n) REFERENCES public.checkpoints,
    FOREIGN KEY (case_id, room) REFERENCES public.rooms
);
"""

# current_user inside a trigger is whoever runs the statement: the eraser only within its own function.
APPEND_ONLY = """
CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The record is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE FUNCTION public.refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'mediation_eraser' AND NEW.entry IS NULL AND NEW.salt IS NULL
        AND (NEW.case_id, NEW.room, NEW.seq, NEW.place, NEW.commitment, NEW.head)
          = (OLD.case_id, OLD.room, OLD.seq, OLD.place, OLD.commitment, OLD.head) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The record is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE FUNCTION public.refuse_shrinking() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.case_id, NEW.room, NEW.slot) = (OLD.case_id, OLD.room, OLD.slot) AND NEW.length > OLD.length THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The record is append-only: a room only grows and keeps its slot.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER entries_keep BEFORE UPDATE ON public.entries
    FOR EACH ROW EXECUTE FUNCTION public.refuse_all_but_erasure();
CREATE TRIGGER entries_stay BEFORE DELETE OR TRUNCATE ON public.entries
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER checkpoints_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON public.checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER openings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON public.openings
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER signing_keys_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON public.signing_keys
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER rooms_stay BEFORE DELETE OR TRUNCATE ON public.rooms
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER cases_stay BEFORE DELETE OR TRUNCATE ON public.cases
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER rooms_grow BEFORE UPDATE ON public.rooms
    FOR EACH ROW EXECUTE FUNCTION public.refuse_shrinking();
"""

# The lock and the heads in one round trip: a function's second statement sees what was committed while the first
# one waited, which a single joined query would not.
LOCK = """
CREATE FUNCTION public.lock_case(wanted uuid)
RETURNS TABLE (room text, slot smallint, length bigint, head bytea,
               checkpoint_n bigint, checkpoint_hash bytea, checkpoint_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.cases c WHERE c.case_id = wanted FOR UPDATE;
    RETURN QUERY
        SELECT r.room, r.slot, r.length, r.head, c.checkpoint_n, c.checkpoint_hash, c.checkpoint_at
        FROM public.cases c JOIN public.rooms r USING (case_id)
        WHERE c.case_id = wanted ORDER BY r.slot;
END
$$;
"""

# Papers stay: what everybody was given cannot be taken back from the record.
ERASURE = """
CREATE FUNCTION public.erase_entry(of_case uuid, of_room text, of_seq bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF of_room = 'papers' THEN
        RAISE EXCEPTION 'Papers stay: entry % of papers is not erased.', of_seq
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.entries SET entry = NULL, salt = NULL
        WHERE case_id = of_case AND room = of_room AND seq = of_seq;
    RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION public.erase_entry(uuid, text, bigint) FROM PUBLIC;
"""

GRANTS = """
GRANT USAGE ON SCHEMA public TO mediation_app, mediation_eraser;
GRANT SELECT, INSERT ON public.cases, public.rooms, public.entries, public.checkpoints, public.openings,
    public.signing_keys TO mediation_app;
GRANT UPDATE (checkpoint_n, checkpoint_hash, checkpoint_at) ON public.cases TO mediation_app;
GRANT UPDATE (length, head) ON public.rooms TO mediation_app;
GRANT SELECT ON public.entries TO mediation_eraser;
GRANT UPDATE (entry, salt) ON public.entries TO mediation_eraser;
GRANT EXECUTE ON FUNCTION public.erase_entry(uuid, text, bigint) TO mediation_app;
"""

# A new owner needs CREATE on the schema at the moment it becomes one. Afterwards neither that nor the migrating
# user's own membership is needed, and without them nobody can act as the eraser but its function.
HAND_OVER = """
GRANT CREATE ON SCHEMA public TO mediation_eraser;
ALTER FUNCTION public.erase_entry(uuid, text, bigint) OWNER TO mediation_eraser;
REVOKE CREATE ON SCHEMA public FROM mediation_eraser;
DO $$
BEGIN
    EXECUTE format('REVOKE mediation_eraser FROM %I', current_user);
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END
$$
"""


def upgrade() -> None:
    for statements in (ROLES, TABLES, APPEND_ONLY, LOCK, ERASURE, GRANTS, HAND_OVER):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("The record only moves forward.")
