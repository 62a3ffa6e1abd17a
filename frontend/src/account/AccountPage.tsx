/** One's own account: who one is, how one signs in, and where one is signed in. */
import { Trans, useLingui } from "@lingui/react/macro";
import { chooseLanguage, readAccount, type Account, type AccountDetails } from "../api/account";
import { useLoaded } from "../live/useLoaded";
import { links } from "../links";
import { usePageTitle } from "../router";
import { isLanguage, LANGUAGES, speak, type Language } from "../text/language";
import { Card, Link, Select, Tag } from "../ui/plain";
import { Away } from "./Away";
import { Frame } from "./Frame";
import { Passkeys } from "./Passkeys";
import { Password } from "./Password";
import { Sessions } from "./Sessions";
import { StaffLinks } from "./StaffLinks";
import { Telling } from "./Telling";
import { Waiting } from "./Waiting";

export function AccountPage({ account }: { account: Account }) {
  const { t } = useLingui();
  usePageTitle(t`Your account`);
  const { loaded, again } = useLoaded(readAccount);
  return (
    <Frame actions={<StaffLinks account={account} />}>
      <div className="stack-wide">
        <h1>
          <Trans>Your account</Trans>
        </h1>
        <Waiting loaded={loaded} again={again}>
          {(details) => (
            <>
              <You details={details} />
              {details.kind === "staff" ? (
                <>
                  <Passkeys passkeys={details.passkeys} onChanged={again} />
                  <Password hasPassword={details.has_password} email={details.email ?? ""} onChanged={again} />
                </>
              ) : null}
              {details.organisations.some((one) => one.kind === "business") && !details.administrator ? <Away /> : null}
              {details.administrator ? null : <Telling />}
              <Sessions sessions={details.sessions} isGuest={details.kind === "guest"} onChanged={again} />
            </>
          )}
        </Waiting>
      </div>
    </Frame>
  );
}

function You({ details }: { details: AccountDetails }) {
  const { i18n, t } = useLingui();
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }));
  const led = details.organisations.filter((one) => one.kind === "provider" && one.role === "lead");
  const businesses = details.organisations.filter((one) => one.kind === "business" && one.role === "lead");
  const spoken = isLanguage(i18n.locale) ? i18n.locale : "en";

  function choose(language: Language) {
    void speak(language, { keep: true });
    // Letters follow the screen. Should this not arrive, the next choice makes up for it.
    if (details.kind === "staff") void chooseLanguage(language).catch(() => undefined);
  }

  return (
    <Card title={<Trans>You</Trans>}>
      <dl className="facts">
        <dt>
          <Trans>Name</Trans>
        </dt>
        <dd>{details.name}</dd>
        {details.email === null ? null : (
          <>
            <dt>
              <Trans>E-mail</Trans>
            </dt>
            <dd>{details.email}</dd>
          </>
        )}
        {details.organisations.length === 0 ? null : (
          <>
            <dt>
              <Trans>You work for</Trans>
            </dt>
            <dd className="row">
              {details.organisations.map((one) => (
                <Tag key={one.organisation}>{one.name}</Tag>
              ))}
            </dd>
          </>
        )}
      </dl>
      {led.length === 0 ? null : (
        <ul className="plain-list">
          {led.map(({ organisation, name }) => (
            <li key={organisation}>
              <Link href={links.readyClauses(organisation)}>
                <Trans>Ready clauses of {name}</Trans>
              </Link>
            </li>
          ))}
          <li>
            <Link href={links.complaints}>
              <Trans>Complaints about your mediators</Trans>
            </Link>
          </li>
        </ul>
      )}
      {businesses.length === 0 ? null : (
        <ul className="plain-list">
          {businesses.map(({ organisation, name }) => (
            <li key={organisation} className="stack-tight">
              <Link href={links.policies(organisation)}>
                <Trans>Ladder and times of {name}</Trans>
              </Link>
              <Link href={links.webhook(organisation)}>
                <Trans>Tell the systems of {name}</Trans>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Select label={t`Language`} hint={t`Of the screens, and of the e-mails we send you.`} choices={languages} value={spoken} onChange={choose} />
    </Card>
  );
}
