/** Ready clauses: chosen by name, read with what they mean, then written in or suggested. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import { newCommandId } from "../../api/client";
import { offeredClauses, type ReadyClause } from "../../api/readyClauses";
import { LIBRARY, TAKES_RIGHTS } from "../../drafting/library/clauses";
import { ReadyText } from "../../drafting/library/ReadyText";
import { useLoaded } from "../../live/useLoaded";
import { isLanguage, type Language, LANGUAGES, wordsIn } from "../../text/language";
import { announce, Banner, Button, Dialog, Skeleton, Tag } from "../../ui";
import { mayGive } from "../lookup";
import { PlaceOf } from "./SuggestDialog";
import type { TextDesk } from "./textDesk";

/** A clause to begin with, of this portal or of the mediator's provider. */
interface Offered {
  id: string;
  /** Whose it is; null for the portal's own. */
  provider: string | null;
  name: string;
  /** What it is for or does, in a line or two. */
  use: string;
  words: string;
  language: Language;
  means: string;
  /** Of what is said about the clause. */
  toldIn: Language;
  warning: string | null;
}

/** The language of the settlement's text if we have clauses in it, else that of the screen. */
function useTextLanguage(desk: TextDesk): Language {
  const { i18n } = useLingui();
  const known = [desk.drafting.language?.slice(0, 2).toLowerCase(), i18n.locale].find(isLanguage);
  return known ?? "en";
}

/**
 * The provider's own first, of these the ones in the language of the text. The portal's are worded in that language,
 * told in the reader's, and there even when the provider's could not be fetched.
 */
function useOffered(caseId: string, language: Language) {
  const { i18n } = useLingui();
  const toldIn = isLanguage(i18n.locale) ? i18n.locale : "en";
  const { loaded, again } = useLoaded(useCallback(() => offeredClauses(caseId), [caseId]));
  const { loaded: catalogue } = useLoaded(useCallback(() => wordsIn(language), [language]));
  const own = loaded.state !== "here" ? [] : loaded.it.map(ofProvider);
  const worded = catalogue.state === "here" ? catalogue.it : i18n;
  const built: readonly Offered[] = LIBRARY.map(({ id, name, use, words, means, warning }) => ({
    id,
    provider: null,
    name: i18n._(name),
    use: i18n._(use),
    words: worded._(words),
    language: catalogue.state === "here" ? language : toldIn,
    means: i18n._(means),
    toldIn,
    warning: warning === null ? null : i18n._(warning),
  }));
  const isLoading = loaded.state === "loading" || catalogue.state === "loading";
  const fitting = own.filter((one) => one.language === language);
  const others = own.filter((one) => one.language !== language);
  return { offered: [...fitting, ...others, ...built], state: isLoading ? "loading" : loaded.state, again };

  function ofProvider({ clause, provider, language, title, words, means, takes_rights }: ReadyClause): Offered {
    const warning = takes_rights ? i18n._(TAKES_RIGHTS) : null;
    return { id: clause, provider, name: title, use: means, words, language, means, toldIn: language, warning };
  }
}

export function LibraryDialog({ desk, after, onClose }: { desk: TextDesk; after: string | null; onClose: () => void }) {
  const { t } = useLingui();
  const language = useTextLanguage(desk);
  const { offered, state, again } = useOffered(desk.view.case, language);
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
