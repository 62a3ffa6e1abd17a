/** A side's own draft: its people alone read and write it, and bring clauses of it to the table when they want to. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import type { CaseView, OwnDraftView } from "../../api/types";
import type { DescribeSource, EditorHandle, TextNow } from "../../drafting/clauses";
import { LazyEditor } from "../../drafting/LazyEditor";
import { useCommand } from "../../live/useCommand";
import { links } from "../../links";
import { usePageTitle } from "../../router";
import { announce, Banner, Button, Card, Choices, ConfirmDialog, EmptyState, Icon, LinkButton, Menu, Time, type MenuAction } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { mayGive } from "../lookup";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";
import { roomLook } from "../rooms";
import { chooseRoom } from "../useRoomChoice";
import { Workspace } from "../Workspace";
import { BringDialog } from "./PrivateDraftBring";
import { takeForDraft } from "./wordClauses";
import { ImportToTheDraft } from "./WordImport";
import "./settlement.css";
import "./privateDraft.css";

/** Where a clause of the table came from is said at the table. */
const noSource: DescribeSource = () => null;

type Beginning = "nothing" | "table" | "draft";

export function PrivateDraftPage({ view, live }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Your own draft`);
  const draft = view.own_draft;
  const party = view.me.party;
  if (party === null || (draft === null && !mayGive(view, "OpenDraft"))) return <NotHere view={view} />;
  const room = draft?.room ?? `team-${party}`;
  return <OwnDraft view={view} live={live} room={room} draft={draft} />;
}

function OwnDraft({ view, live, room, draft }: CasePageProps & { room: string; draft: OwnDraftView | null }) {
  // What is said beside one's own draft is meant for one's own side.
  useEffect(() => chooseRoom(view.case, room), [view.case, room]);
  const { accent } = roomLook(room, view.me.party);
  return (
    <Workspace view={view} live={live}>
      <div className="settlement own-draft" data-accent={accent}>
        <header className="settlement-head">
          <h1>
            <Trans>Your own draft</Trans>
          </h1>
          <WhoReads view={view} room={room} draft={draft} />
        </header>
        {draft === null ? <Begin view={view} /> : <TheDraft key={draft.name} view={view} draft={draft} />}
      </div>
    </Workspace>
  );
}

function NotHere({ view }: { view: CaseView }) {
  return (
    <EmptyState
      icon="search"
      title={<Trans>There is nothing at this address.</Trans>}
      actions={
        <LinkButton kind="primary" href={links.table(view.case)}>
          <Trans>Go to the table</Trans>
        </LinkButton>
      }
    />
  );
}

function WhoReads({ view, room, draft }: { view: CaseView; room: string; draft: OwnDraftView | null }) {
  const { t, i18n } = useLingui();
  const found = view.rooms.find((one) => one.room === room);
  const others = (found?.members ?? [])
    .filter((one) => one !== view.me.participant && draft?.not_read_by.includes(one) !== true)
    .map((one) => nameOf(view, one))
    .filter((name) => name !== "");
  const company = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format([t`you`, ...others]);
  const until = found?.erase_at ?? null;
  return (
    <div className="band own-draft-band">
      <Icon name="lock" size={22} />
      <div>
        <p className="band-who">{others.length === 0 ? <Trans>Private: only you so far</Trans> : <Trans>Private: only {company}</Trans>}</p>
        <p className="band-detail">
          <Trans>Neither the other side nor the mediator sees this draft, or that there is one.</Trans>{" "}
          {until === null ? (
            <Trans>It is erased with your own side’s room.</Trans>
          ) : (
            <Trans>
              It is erased with your own side’s room, on <Time at={until} show="date" />.
            </Trans>
          )}
        </p>
      </div>
    </div>
  );
}

/** What a first draft begins with. */
function Begin({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const hasTable = view.documents.length > 0;
  const [beginning, setBeginning] = useState<Beginning>(hasTable ? "table" : "nothing");
  const { give, status, problem } = useCommand(view.case);
  return (
    <Card title={<Trans>Draft by yourselves first</Trans>}>
      <p>
        <Trans>Write what you would like to agree on, together with your own side. Later you choose clauses and bring their words to the table; everything else stays here.</Trans>
      </p>
      {hasTable ? (
        <Choices<Beginning>
          label={t`What to begin with`}
          value={beginning}
          onChange={setBeginning}
          choices={[
            { value: "table", label: t`The settlement as it reads now`, hint: t`A copy. What you change in it changes nothing at the table.` },
            { value: "nothing", label: t`An empty page` },
          ]}
        />
      ) : null}
      <ProblemNote problem={problem} />
      <div>
        <Button kind="primary" icon="quill" isPending={status !== "idle"} onPress={() => void give("private-drafts", { begun_with: beginning })}>
          <Trans>Begin our draft</Trans>
        </Button>
      </div>
    </Card>
  );
}

function TheDraft({ view, draft }: { view: CaseView; draft: OwnDraftView }) {
  const { t } = useLingui();
  const [handle, setHandle] = useState<EditorHandle | null>(null);
  const [text, setText] = useState<TextNow | null>(null);
  const [isBringing, setBringing] = useState(false);
  const document = view.documents[0];
  const canBring = document !== undefined && mayGive(view, "Suggest");
  const isEmpty = (text?.clauses.length ?? 0) === 0;

  // A Word file that was read on the settlement's page is written as soon as the draft is here.
  useEffect(() => {
    if (handle === null) return;
    const clauses = takeForDraft(view.case);
    if (clauses.length > 0 && handle.insertClauses(clauses)) announce(t`Written into your draft.`, { tone: "good" });
  }, [handle, t, view.case]);

  return (
    <>
      <NotReadBy view={view} draft={draft} />
      {handle === null ? null : (
        <div className="text-acts not-in-print">
          <Button small icon="table" isDisabled={!canBring || isEmpty} onPress={() => setBringing(true)}>
            <Trans>Bring to the table …</Trans>
          </Button>
          {draft.can_edit ? <ImportToTheDraft view={view} handle={handle} /> : null}
          <BeginAnew view={view} />
          {canBring ? null : (
            <p className="note">
              {document === undefined ? <Trans>You can bring clauses to the table once the settlement is open there.</Trans> : <Trans>Nothing can be suggested at the table just now.</Trans>}
            </p>
          )}
        </div>
      )}
      {draft.can_edit ? null : (
        <Banner title={t`You can still read your draft.`}>
          <Trans>It can no longer be changed.</Trans>
        </Banner>
      )}
      <LazyEditor
        url={`/api/cases/${view.case}/documents`}
        name={draft.name}
        canEdit={draft.can_edit}
        label={t`Text of your own draft`}
        blank={t`Nothing is written yet. Begin here; only your side reads it.`}
        describeSource={noSource}
        onReady={setHandle}
        onText={setText}
      />
      {isBringing && document !== undefined ? <BringDialog view={view} document={document} draft={text?.node ?? null} onClose={() => setBringing(false)} /> : null}
    </>
  );
}

/** Whoever came later reads the room from their coming on; the side may let them read its draft as it stands. */
function NotReadBy({ view, draft }: { view: CaseView; draft: OwnDraftView }) {
  const { t, i18n } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const names = draft.not_read_by.map((one) => nameOf(view, one)).filter((name) => name !== "");
  if (names.length === 0) return null;
  const who = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(names);
  return (
    <Banner
      icon="people"
      title={t`Not read by ${who}`}
      actions={
        mayGive(view, "OpenDraft") ? (
          <Button small isPending={status !== "idle"} onPress={() => void give("private-drafts", { begun_with: "draft" })}>
            <Trans>Let them read it</Trans>
          </Button>
        ) : undefined
      }
    >
      <Trans>They came after this draft was begun. If you let them, it goes on as it reads now; what was deleted before stays unread.</Trans>
      <ProblemNote problem={problem} />
    </Banner>
  );
}

function BeginAnew({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [asked, ask] = useState<Beginning | null>(null);
  if (!mayGive(view, "OpenDraft")) return null;
  const actions: MenuAction[] = [
    ...(view.documents.length > 0 ? [{ id: "table", label: t`With the settlement as it reads now`, icon: "table" as const, onAction: () => ask("table") }] : []),
    { id: "nothing", label: t`With an empty page`, icon: "papers", onAction: () => ask("nothing") },
  ];
  const begin = async () => {
    if (asked !== null && (await give("private-drafts", { begun_with: asked })) !== null) ask(null);
  };
  return (
    <>
      <Menu
        label={t`Begin anew`}
        trigger={
          <Button small kind="quiet" icon="undo">
            <Trans>Begin anew</Trans>
          </Button>
        }
        groups={[actions]}
      />
      <ConfirmDialog
        title={t`Begin anew?`}
        isOpen={asked !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) ask(null);
        }}
        confirm={t`Begin anew`}
        decline={t`Go on with this one`}
        kind="grave"
        isPending={status !== "idle"}
        onConfirm={() => void begin()}
      >
        <p>
          <Trans>Nobody of your side can open the draft as it is now any more. Nothing changes at the table.</Trans>
        </p>
        <ProblemNote problem={problem} />
      </ConfirmDialog>
    </>
  );
}
