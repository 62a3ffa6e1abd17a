"""How the people of a step are reached, who is away, whom a ladder has called, and by which policy a case goes."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# The policy is copied into the papers of a case with the names of its people; how they are reached stays here.
REACH = """
ALTER TABLE public.policies ADD COLUMN reach jsonb NOT NULL DEFAULT '[]';
ALTER TABLE public.case_organisations
    ADD COLUMN category text NULL,
    ADD COLUMN version integer NULL,
    ADD CHECK ((category IS NULL) = (version IS NULL)),
    ADD FOREIGN KEY (organisation_id, category, version) REFERENCES public.policies;
"""

# Whom a ladder calls, nobody on the case has invited. Each place in a step's line is called once in a case.
CALLED = """
ALTER TABLE public.invitations
    ALTER COLUMN invited_by DROP NOT NULL,
    ADD COLUMN called_for text NULL,
    ADD COLUMN called_place smallint NULL,
    ADD CHECK ((called_for IS NULL) = (called_place IS NULL)),
    ADD CHECK ((called_for IS NULL) = (invited_by IS NOT NULL));
CREATE UNIQUE INDEX invitations_called ON public.invitations (case_id, called_for, called_place)
    WHERE called_for IS NOT NULL;
"""

# `until` is the last day away; after it the row says nothing any more.
ABSENCES = """
CREATE TABLE public.absences (
    account_id uuid PRIMARY KEY REFERENCES public.accounts,
    until date NOT NULL,
    stands_in uuid NULL REFERENCES public.accounts CHECK (stands_in <> account_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.absences TO mediation_app;
"""


def upgrade() -> None:
    for statements in (REACH, CALLED, ABSENCES):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
