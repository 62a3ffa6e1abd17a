/** A ready clause as it is read before it is taken: its wording, what it means, and what it takes. */
import { Trans } from "@lingui/react/macro";
import { Icon } from "../../ui/Icon";
import { Banner } from "../../ui/surfaces";
import { partsOf } from "./blanks";
import "./readyText.css";

interface Read {
  words: string;
  means: string;
  warning: string | null;
  /** The languages of both, where they may be others than that of the screen. */
  lang?: string;
  meansLang?: string;
}

export function ReadyText({ words, means, warning, lang, meansLang }: Read) {
  return (
    <>
      <blockquote className="ready-words" lang={lang}>
        {partsOf(words).map(({ text, isBlank }, place) => (isBlank ? <mark key={place}>{text}</mark> : text))}
      </blockquote>
      <section className="ready-means">
        <h3>
          <Icon name="help" size={18} /> <Trans>What this means for you</Trans>
        </h3>
        <p lang={meansLang}>{means}</p>
      </section>
      {warning === null ? null : <Banner tone="warn">{warning}</Banner>}
    </>
  );
}
