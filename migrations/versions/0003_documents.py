"""Co-edited documents: one row each, the append-only log of their updates, and the newest compact state.

Why saved means committed: docs/decisions/0041-saved-means-committed.md.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# `head` is the number of the last committed update: raising it in the inserting transaction locks the row, so numbers
# follow commit order without gaps, which a sequence would not give. `bytes` bounds what one document may grow to.
TABLES = """
CREATE TABLE public.documents (
    case_id uuid NOT NULL REFERENCES public.cases,
    name text NOT NULL CHECK (name ~ '^[a-z][a-z-]{0,30}[.][1-9][0-9]{0,8}$'),
    epoch integer NOT NULL CHECK (epoch >= 1),
    head bigint NOT NULL DEFAULT 0 CHECK (head >= 0),
    bytes bigint NOT NULL DEFAULT 0 CHECK (bytes >= 0),
    opened_at timestamptz NOT NULL,
    frozen_at timestamptz NULL,
    PRIMARY KEY (case_id, name)
);
CREATE TABLE public.document_updates (
    case_id uuid NOT NULL,
    name text NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 1),
    update bytea NOT NULL,
    actor uuid NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (case_id, name, seq),
    FOREIGN KEY (case_id, name) REFERENCES public.documents
);
CREATE TABLE public.document_snapshots (
    case_id uuid NOT NULL,
    name text NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 1),
    state bytea NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (case_id, name),
    FOREIGN KEY (case_id, name) REFERENCES public.documents
);
"""

APPEND_ONLY = """
CREATE FUNCTION public.refuse_document_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The log of a document is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE FUNCTION public.refuse_document_shrinking() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.case_id, NEW.name, NEW.epoch) = (OLD.case_id, OLD.name, OLD.epoch)
        AND NEW.head >= OLD.head AND NEW.bytes >= OLD.bytes
        AND (OLD.frozen_at IS NULL OR (NEW.frozen_at, NEW.head) = (OLD.frozen_at, OLD.head)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A document only grows, and a frozen one stays as it is.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER document_updates_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON public.document_updates
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_document_change();
CREATE TRIGGER documents_stay BEFORE DELETE OR TRUNCATE ON public.documents
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_document_change();
CREATE TRIGGER documents_grow BEFORE UPDATE ON public.documents
    FOR EACH ROW EXECUTE FUNCTION public.refuse_document_shrinking();
"""

GRANTS = """
GRANT SELECT, INSERT ON public.documents, public.document_updates TO mediation_app;
GRANT SELECT, INSERT, UPDATE ON public.document_snapshots TO mediation_app;
GRANT UPDATE (head, bytes, frozen_at) ON public.documents TO mediation_app;
"""


def upgrade() -> None:
    for statements in (TABLES, APPEND_ONLY, GRANTS):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("The log of a document only moves forward.")
