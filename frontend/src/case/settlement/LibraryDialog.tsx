/** Ready clauses: chosen by name, read with what they mean, then written in or suggested. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { newCommandId } from "../../api/client";
import { LIBRARY } from "../../drafting/library/clauses";
import { announce, Banner, Button, Dialog, Icon } from "../../ui";
import { mayGive } from "../lookup";
import { PlaceOf } from "./SuggestDialog";
import type { TextDesk } from "./textDesk";

export function LibraryDialog({ desk, after, onClose }: { desk: TextDesk; after: string | null; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [chosen, setChosen] = useState<string | null>(null);
  const [place, setPlace] = useState<string | null>(after ?? desk.clauses.at(-1)?.id ?? null);
  const clause = LIBRARY.find((one) => one.id === chosen) ?? null;
  const words = clause === null ? "" : i18n._(clause.words);
  const maySuggest = mayGive(desk.view, "Suggest");

  const insert = () => {
    const written = desk.handle?.insertWords(newCommandId(), words, place) ?? false;
    if (written) {
      announce(t`Written into the settlement. Fill in what stands in brackets.`, { tone: "good" });
      onClose();
    } else announce(t`You can read the settlement, but not write in it at the moment.`);
  };

  return (
    <Dialog
      title={clause === null ? t`Ready clauses` : i18n._(clause.name)}
      size="large"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
      actions={
        clause === null ? undefined : (
          <>
            <Button icon="back" onPress={() => setChosen(null)}>
              <Trans>All clauses</Trans>
            </Button>
            {desk.canEdit ? (
              <Button kind="primary" icon="clause" onPress={insert}>
                <Trans>Write it into the text</Trans>
              </Button>
            ) : maySuggest ? (
              <Button kind="primary" icon="quill" onPress={() => desk.ask({ kind: "insert", after: place, words })}>
                <Trans>Fill it in and suggest it</Trans>
              </Button>
            ) : null}
          </>
        )
      }
    >
      {clause === null ? (
        <>
          <p className="soft">
            <Trans>Wordings to begin with. They are no legal advice: change them until they say what you mean.</Trans>
          </p>
          <ul className="plain-list library-list">
            {LIBRARY.map((one) => (
              <li key={one.id}>
                <button type="button" className="library-choice" onClick={() => setChosen(one.id)}>
                  <strong>{i18n._(one.name)}</strong>
                  <span className="note">{i18n._(one.use)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <blockquote className="quote library-words">{words}</blockquote>
          <section className="told-part">
            <h3>
              <Icon name="help" size={18} /> <Trans>What this means for you</Trans>
            </h3>
            <p>{i18n._(clause.means)}</p>
          </section>
          {clause.warning === null ? null : <Banner tone="warn">{i18n._(clause.warning)}</Banner>}
          <PlaceOf desk={desk} after={place} onAfter={setPlace} />
        </>
      )}
    </Dialog>
  );
}
