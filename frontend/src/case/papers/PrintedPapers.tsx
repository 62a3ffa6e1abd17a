/** What can be carried away: the printed papers in each language, and before that a copy of the text for a lawyer. */
import { Trans, useLingui } from "@lingui/react/macro";
import { draftUrl, paperUrl } from "../../api/papers";
import type { CaseView, PrintedView } from "../../api/types";
import { LANGUAGES, isLanguage } from "../../text/language";
import { Card, LinkButton } from "../../ui";

type Kind = PrintedView["paper"];

const KINDS: readonly Kind[] = ["settlement", "attestation", "certificate"];

export function PrintedPapers({ view }: { view: CaseView }) {
  const { t, i18n } = useLingui();
  const own = isLanguage(i18n.locale) ? i18n.locale : "en";
  const words: Readonly<Record<Kind, { title: string; about: string }>> = {
    settlement: { title: t`The settlement`, about: t`Signed and sealed, with all that shows who signed what and when. The PDF holds the proof; the Word file is a copy to work with.` },
    attestation: { title: t`That it came from mediation`, about: t`Says that the settlement was made in a mediation, and endorses none of its terms.` },
    certificate: {
      title: view.began_at === null ? t`How it ended` : t`That the mediation took place`,
      about: t`The bare facts: when, who took part, settled or not. Never why, and never who left. The PDF holds the proof; the Word file is a copy to work with.`,
    },
  };
  const kinds = KINDS.map((kind) => ({ kind, all: view.printed.filter((one) => one.paper === kind) })).filter((one) => one.all.length > 0);
  if (kinds.length === 0) {
    // The worker prints soon after the end; until then nothing is promised but that.
    return view.ending === null ? null : (
      <Card title={<Trans>Papers to carry away</Trans>}>
        <p>
          <Trans>They are being made, and appear here by themselves.</Trans>
        </p>
      </Card>
    );
  }
  return (
    <Card title={<Trans>Papers to carry away</Trans>} accent="moss">
      <ul className="plain-list printed">
        {kinds.map(({ kind, all }) => (
          <li key={kind} className="printed-paper">
            <h3>{words[kind].title}</h3>
            <p className="note">{words[kind].about}</p>
            <div className="row not-in-print">
              {[...all]
                .sort((one, other) => Number(other.language === own) - Number(one.language === own))
                .map(({ language }) => {
                  const inLanguage = isLanguage(language) ? LANGUAGES[language] : language;
                  const isFirst = kind === "settlement" && language === own;
                  return (
                    <LinkButton key={language} small kind={isFirst ? "primary" : "plain"} icon="download" href={paperUrl(view.case, `${kind}.pdf`, language)} download>
                      <Trans>PDF, {inLanguage}</Trans>
                    </LinkButton>
                  );
                })}
              {kind === "settlement" || kind === "certificate" ? (
                <LinkButton small kind="quiet" icon="download" href={paperUrl(view.case, `${kind}.docx`, own)} download>
                  <Trans>Word file</Trans>
                </LinkButton>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The text as it is, marked as a draft; for those at the table, as long as it is no settlement. */
export function ForALawyer({ view }: { view: CaseView }) {
  const { i18n } = useLingui();
  const isAtTheTable = view.rooms.some((one) => one.room === "joint" && !one.erased);
  if (view.documents.length === 0 || !isAtTheTable || (view.signing !== null && view.signing.effective_at !== null)) return null;
  return (
    <Card title={<Trans>Take it to a lawyer</Trans>}>
      <p>
        <Trans>The text of the settlement as it is now, as a copy to show to somebody you trust. It is a draft and binds nobody; it stays confidential.</Trans>
      </p>
      <div className="row not-in-print">
        <LinkButton icon="download" href={draftUrl(view.case, "pdf", i18n.locale)} download>
          <Trans>Draft as PDF</Trans>
        </LinkButton>
        <LinkButton kind="quiet" icon="download" href={draftUrl(view.case, "docx", i18n.locale)} download>
          <Trans>Draft as a Word file</Trans>
        </LinkButton>
      </div>
    </Card>
  );
}
