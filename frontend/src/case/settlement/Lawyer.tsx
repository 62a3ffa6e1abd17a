/** A copy of the text as it is, to take to somebody who can give advice; marked as a draft that binds nobody. */
import { Trans, useLingui } from "@lingui/react/macro";
import { isLanguage } from "../../text/language";
import { Button, LinkButton, Popover } from "../../ui";

export function TakeToALawyer({ caseId }: { caseId: string }) {
  const { t, i18n } = useLingui();
  const language = isLanguage(i18n.locale) ? i18n.locale : "en";
  const href = (file: string) => `/api/cases/${caseId}/${file}?language=${language}`;
  return (
    <Popover
      label={t`Take to a lawyer`}
      trigger={
        <Button small kind="quiet" icon="download">
          <Trans>Take to a lawyer</Trans>
        </Button>
      }
    >
      <div className="told-part">
        <p>
          <Trans>The text as it is now, marked as a draft that binds nobody. Show it to whoever advises you; take the time you need.</Trans>
        </p>
        <LinkButton small icon="download" href={href("draft.pdf")} download>
          <Trans>To read and print (PDF)</Trans>
        </LinkButton>
        <LinkButton small icon="download" href={href("draft.docx")} download>
          <Trans>To write in (Word)</Trans>
        </LinkButton>
      </div>
    </Popover>
  );
}
