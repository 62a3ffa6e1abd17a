/** Several suggestions for one clause: looked at together, and what becomes of the others when one is taken up. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { SuggestionView } from "../../api/types";
import type { NodeJson } from "../../drafting/canonical";
import type { ClauseInfo } from "../../drafting/clauses";
import { Comparison, Wording } from "../../drafting/Wording";
import { Button, Dialog, Icon } from "../../ui";
import { mayGive } from "../lookup";
import { nameOf } from "../people";
import { rivalsOf } from "./suggesting";
import { numberOf, type TextDesk } from "./textDesk";

const wordingOf = (suggestion: SuggestionView) => suggestion.node as unknown as NodeJson | null;

export function RivalsLine({ desk, clause }: { desk: TextDesk; clause: ClauseInfo }) {
  const rivals = rivalsOf(desk.drafting, clause.id);
  const count = rivals.length;
  if (count < 2) return null;
  return (
    <div className="rivals-line">
      <p>
        <Icon name="scales" size={18} />{" "}
        <Plural value={count} one="# suggestion for this clause." other="# suggestions for this clause. Only one of them can be taken up as it is." />
      </p>
      <span className="suggestion-acts not-in-print">
        <Button small icon="look" onPress={() => desk.ask({ kind: "rivals", clause: clause.id })}>
          <Trans>Compare them</Trans>
        </Button>
        <WriteOne desk={desk} clause={clause.id} rivals={rivals} />
      </span>
    </div>
  );
}

/** One wording made of several, as a suggestion of its own. */
function WriteOne({ desk, clause, rivals, onPress }: { desk: TextDesk; clause: string; rivals: readonly SuggestionView[]; onPress?: () => void }) {
  const present = desk.clauses.find((one) => one.id === clause);
  const withWords = rivals.filter((one) => one.change === "replace");
  if (present === undefined || withWords.length < 2 || !mayGive(desk.view, "Suggest")) return null;
  return (
    <Button
      small
      kind="quiet"
      icon="quill"
      onPress={() => {
        onPress?.();
        desk.ask({ kind: "replace", clause: present, beside: withWords });
      }}
    >
      {withWords.length === 2 ? <Trans>Write one from both</Trans> : <Trans>Write one from all of them</Trans>}
    </Button>
  );
}

export function RivalsDialog({ desk, clause, onClose }: { desk: TextDesk; clause: string; onClose: () => void }) {
  const { t } = useLingui();
  const rivals = rivalsOf(desk.drafting, clause);
  const present = (desk.clauses.find((one) => one.id === clause)?.node.toJSON() ?? null) as NodeJson | null;
  const number = numberOf(desk, clause) ?? 0;
  const [first, second, ...more] = rivals.filter((one) => one.change === "replace");
  const name = first === undefined ? "" : nameOf(desk.view, first.by);
  const other = second === undefined ? "" : nameOf(desk.view, second.by);
  return (
    <Dialog
      title={t`Suggestions for clause ${number}`}
      size="large"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
      actions={<WriteOne desk={desk} clause={clause} rivals={rivals} />}
    >
      {present === null ? null : (
        <section className="kept-words">
          <h3>
            <Trans>As it reads now</Trans>
          </h3>
          <Wording node={present} />
        </section>
      )}
      <div className="kept-all">
        {rivals.map((one) => (
          <section key={one.suggestion} className="kept-words">
            <h3>
              <SuggestedBy name={nameOf(desk.view, one.by)} />
            </h3>
            <Comparison before={present} after={one.change === "remove" ? null : wordingOf(one)} />
            {one.why === "" ? null : <p className="note">{one.why}</p>}
          </section>
        ))}
      </div>
      {first === undefined || second === undefined || more.length > 0 ? null : (
        <section className="kept-words">
          <h3>{name === other ? <Trans>From the first to the second</Trans> : <Trans>From what {name} suggests to what {other} suggests</Trans>}</h3>
          <Comparison before={wordingOf(first)} after={wordingOf(second)} />
        </section>
      )}
    </Dialog>
  );
}

function SuggestedBy({ name }: { name: string }) {
  return <Trans>As suggested by {name}</Trans>;
}

/** Before one of several is taken up: the others were made for words that are then gone. */
export function AcceptOneOf({
  desk,
  chosen,
  others,
  onAccept,
  onClose,
  busy,
}: {
  desk: TextDesk;
  chosen: SuggestionView;
  others: readonly SuggestionView[];
  onAccept: () => void;
  onClose: () => void;
  busy: boolean;
}) {
  const { t, i18n } = useLingui();
  const name = nameOf(desk.view, chosen.by);
  const names = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format([...new Set(others.map((one) => nameOf(desk.view, one.by)))]);
  return (
    <Dialog
      role="alertdialog"
      title={t`Accept the suggestion of ${name}?`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Not yet`}
      actions={
        <>
          <Button slot="close">
            <Trans>Not yet</Trans>
          </Button>
          <WriteOne desk={desk} clause={chosen.clause} rivals={[chosen, ...others]} onPress={onClose} />
          <Button kind="primary" isPending={busy} onPress={onAccept}>
            <Trans>Accept this one</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Plural
          value={others.length}
          one={`There is another suggestion for this clause, of ${names}. It was made for the words as they are now: it stays open, but cannot be taken up as it is once they have changed.`}
          other={`There are # other suggestions for this clause, of ${names}. They were made for the words as they are now: they stay open, but cannot be taken up as they are once these have changed.`}
        />
      </p>
      <p>
        <Trans>Nothing of them is lost: they can be looked at again and suggested anew.</Trans>
      </p>
    </Dialog>
  );
}
