/** Ready clauses: chosen by name, read with what they mean, then written in or suggested. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { newCommandId } from "../../api/client";
import { ReadyText } from "../../drafting/library/ReadyText";
import { type Language, LANGUAGES } from "../../text/language";
import { announce, Banner, Button, Dialog, Skeleton, Tag } from "../../ui";
import { mayGive } from "../lookup";
import { type Offered, useOffered } from "./offered";
import { PlaceOf } from "./SuggestDialog";
import type { TextDesk } from "./textDesk";

export function LibraryDialog({ desk, after, onClose }: { desk: TextDesk; after: string | null; onClose: () => void }) {
  const { t } = useLingui();
  const { offered, language, state, again } = useOffered(desk.view.case, desk.drafting.language);
  const [chosen, setChosen] = useState<string | null>(null);
  const [place, setPlace] = useState<string | null>(after ?? desk.clauses.at(-1)?.id ?? null);
  const clause = offered.find((one) => one.id === chosen) ?? null;
  const words = clause?.words ?? "";
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
      title={clause === null ? t`Ready clauses` : clause.name}
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
          {state === "loading" ? (
            <Skeleton label={t`One moment`} lines={6} />
          ) : (
            <>
              {state === "failed" ? <NotFetched again={again} /> : null}
              <Choices offered={offered} language={language} onChoose={setChosen} />
            </>
          )}
        </>
      ) : (
        <>
          {clause.provider === null ? null : (
            <p className="note">
              <From provider={clause.provider} />
            </p>
          )}
          <ReadyText words={words} means={clause.means} warning={clause.warning} lang={clause.language} meansLang={clause.toldIn} />
          <PlaceOf desk={desk} after={place} onAfter={setPlace} />
        </>
      )}
    </Dialog>
  );
}

function NotFetched({ again }: { again: () => void }) {
  const { t } = useLingui();
  return (
    <Banner
      tone="warn"
      title={t`The clauses of the mediator's provider did not come.`}
      actions={
        <Button small onPress={again}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <Trans>Those of this portal are here.</Trans>
    </Banner>
  );
}

function From({ provider }: { provider: string }) {
  return <Trans>From {provider}</Trans>;
}

/** Under a heading for each provider, once there is any; a clause in another language than the text says so. */
function Choices({ offered, language, onChoose }: { offered: readonly Offered[]; language: Language; onChoose: (id: string) => void }) {
  const providers = [...new Set(offered.map((one) => one.provider))];
  return providers.map((provider) => (
    <section key={provider} className="library-group">
      {providers.length === 1 ? null : <h3>{provider === null ? <Trans>From this portal</Trans> : <From provider={provider} />}</h3>}
      <ul className="plain-list library-list">
        {offered
          .filter((one) => one.provider === provider)
          .map((one) => (
            <li key={one.id}>
              <button type="button" className="library-choice" onClick={() => onChoose(one.id)}>
                <span className="row">
                  <strong lang={one.toldIn}>{one.name}</strong>
                  {one.language === language ? null : <Tag>{LANGUAGES[one.language]}</Tag>}
                </span>
                <span className="note library-use" lang={one.toldIn}>
                  {one.use}
                </span>
              </button>
            </li>
          ))}
      </ul>
    </section>
  ));
}
