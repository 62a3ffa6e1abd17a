/** The pack to save: as it would go out, or as it went. */
import { Trans, useLingui } from "@lingui/react/macro";
import { packUrl } from "../../api/referral";
import type { CaseView, ReferralView } from "../../api/types";
import { LANGUAGES, isLanguage } from "../../text/language";
import { LinkButton } from "../../ui";

export function Downloads({ view, referral }: { view: CaseView; referral: ReferralView }) {
  const { i18n } = useLingui();
  const own = isLanguage(i18n.locale) ? i18n.locale : "en";
  const isSent = referral.state === "sent";
  const languages = Object.entries(LANGUAGES).sort(([one], [other]) => Number(other === own) - Number(one === own));
  const urlOf = (form: Parameters<typeof packUrl>[2], language: string) => packUrl(view.case, referral.referral, form, language);
  return (
    <div className="stack-tight not-in-print">
      <h3>{isSent ? <Trans>What went out</Trans> : <Trans>What would go out</Trans>}</h3>
      <div className="row">
        {languages.map(([language, inLanguage]) => (
          <LinkButton key={language} small kind={isSent && language === own ? "primary" : "plain"} icon="download" href={urlOf("pack.pdf", language)} download>
            <Trans>PDF, {inLanguage}</Trans>
          </LinkButton>
        ))}
        <LinkButton small kind="quiet" icon="download" href={urlOf("pack.docx", own)} download>
          <Trans>Word file</Trans>
        </LinkButton>
        <LinkButton small kind="quiet" icon="download" href={urlOf("pack.json", own)} download>
          <Trans>For a program (JSON)</Trans>
        </LinkButton>
        <LinkButton small kind="quiet" icon="download" href={urlOf("pack.zip", own)} download>
          <Trans>Everything with the files (ZIP)</Trans>
        </LinkButton>
      </div>
    </div>
  );
}
