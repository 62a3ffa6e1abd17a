import { Trans, useLingui } from "@lingui/react/macro";
import type { ClauseVersion } from "../api/readyClauses";
import { TAKES_RIGHTS } from "../drafting/library/clauses";
import { ReadyText } from "../drafting/library/ReadyText";
import { Moment } from "../ui/plain";

/** As those read it to whom it is offered. */
export function AsOffered({ one }: { one: ClauseVersion }) {
  const { i18n } = useLingui();
  const { words, means, language } = one;
  return <ReadyText words={words} means={means} warning={one.takes_rights ? i18n._(TAKES_RIGHTS) : null} lang={language} meansLang={language} />;
}

export function WrittenBy({ one }: { one: ClauseVersion }) {
  const { by } = one;
  return (
    <p className="note">
      <Trans>
        Written by {by}, <Moment at={one.at} show="full" />
      </Trans>
    </p>
  );
}
