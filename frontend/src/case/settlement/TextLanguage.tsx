/** In which language the text is, which then prevails over every translation: said by the mediator, read by everyone. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { announce, Banner, Button, Dialog, Icon, Select } from "../../ui";
import { mayGive } from "../lookup";
import { ProblemNote } from "../ProblemNote";

/** What a language is called in the reader's own; its tag for one that has no name. */
export function useLanguageName(): (tag: string) => string {
  const { i18n } = useLingui();
  const names = new Intl.DisplayNames([i18n.locale], { type: "language" });
  return (tag) => {
    try {
      return names.of(tag) ?? tag;
    } catch {
      return tag;
    }
  };
}

/** Every language with a tag of two letters and a name, by name. */
function languagesIn(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: "language", fallback: "none" });
  const letters = "abcdefghijklmnopqrstuvwxyz".split("");
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((value) => {
      const label = names.of(value);
      return label === undefined || Intl.getCanonicalLocales(value)[0] !== value ? [] : [{ value, label }];
    })
    .sort((one, other) => one.label.localeCompare(other.label, locale));
}

/** The sentence itself, wherever the text is read. */
export function PrevailingLanguage({ language }: { language: string | null }) {
  const nameOf = useLanguageName();
  if (language === null) return null;
  const name = nameOf(language);
  return <Trans>This text is in {name}. {name} prevails over every translation.</Trans>;
}

export function TextLanguage({ view, language, hasAgreement }: { view: CaseView; language: string | null; hasAgreement: boolean }) {
  const [asking, setAsking] = useState(false);
  const maySay = mayGive(view, "SetTextLanguage");
  if (language === null && !maySay) return null;
  return (
    <div className="text-language">
      <p className="note">
        <Icon name="language" size={18} />{" "}
        {language === null ? <Trans>It has not been said yet in which language this text is. The one that is said prevails over every translation.</Trans> : <PrevailingLanguage language={language} />}
      </p>
      {maySay ? (
        <span className="not-in-print">
          <Button small kind="quiet" onPress={() => setAsking(true)}>
            {language === null ? <Trans>Say the language…</Trans> : <Trans>Another language…</Trans>}
          </Button>
        </span>
      ) : null}
      {asking ? <LanguageDialog view={view} language={language} hasAgreement={hasAgreement} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function LanguageDialog({ view, language, hasAgreement, onClose }: { view: CaseView; language: string | null; hasAgreement: boolean; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [all] = useState(() => languagesIn(i18n.locale));
  const [chosen, setChosen] = useState(language ?? i18n.locale);
  const { give, status, problem } = useCommand(view.case);
  const say = async () => {
    if ((await give("text-languages", { language: chosen })) === null) return;
    announce(t`Everyone sees which language prevails.`, { tone: "good" });
    onClose();
  };
  return (
    <Dialog
      title={t`Which language prevails?`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      closeLabel={t`Close`}
      actions={
        <>
          <Button slot="close">
            <Trans>Not now</Trans>
          </Button>
          <Button kind="primary" isDisabled={chosen === language} isPending={status !== "idle"} onPress={() => void say()}>
            <Trans>Say it to everyone</Trans>
          </Button>
        </>
      }
    >
      <p className="soft">
        <Trans>Agreed is what the text says in this language. Whoever reads a translation can rely on nothing that differs from it; the papers say so.</Trans>
      </p>
      <Select label={t`The text is in`} placeholder={t`Choose a language`} value={chosen} onChange={setChosen} choices={all} />
      {hasAgreement ? (
        <Banner tone="warn" title={t`Agreement given so far lapses.`}>
          <Trans>Whoever has agreed to a clause did so without this; they are asked again and told why.</Trans>
        </Banner>
      ) : null}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
