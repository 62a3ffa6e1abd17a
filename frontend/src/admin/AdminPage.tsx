/** What administrators keep in order: who works here, and for whom. It leads into no case and no room. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Account } from "../api/account";
import { organisations, staffAccounts } from "../api/admin";
import { Frame } from "../account/Frame";
import { StaffLinks } from "../account/StaffLinks";
import { Waiting } from "../account/Waiting";
import { useLoaded } from "../live/useLoaded";
import { links } from "../links";
import { usePageTitle } from "../router";
import { EmptyState, Link, LinkButton } from "../ui/plain";
import { Accounts } from "./Accounts";
import { Organisations } from "./Organisations";
import "./admin.css";

const everything = async () => {
  const [people, firms] = await Promise.all([staffAccounts(), organisations()]);
  return { people, firms };
};

export function AdminPage({ account, part }: { account: Account; part: string }) {
  const { t } = useLingui();
  const isOrganisations = part === "organisations";
  usePageTitle(t`Administration`);
  return (
    <Frame actions={<StaffLinks account={account} />}>
      <div className="stack-wide">
        <div className="stack">
          <h1>
            <Trans>Administration</Trans>
          </h1>
          <p className="soft">
            <Trans>Accounts and organisations. What is said in a case is not open to you here, and there is no way to it.</Trans>
          </p>
        </div>
        {account.administrator ? (
          <>
            <nav className="admin-parts" aria-label={t`Administration`}>
              <Part href={links.admin} isHere={!isOrganisations}>
                {t`Accounts`}
              </Part>
              <Part href={links.organisations} isHere={isOrganisations}>
                {t`Organisations`}
              </Part>
              <Part href={links.complaints} isHere={false}>
                {t`Complaints`}
              </Part>
            </nav>
            <Lists account={account} isOrganisations={isOrganisations} />
          </>
        ) : (
          <EmptyState
            icon="lock"
            level={2}
            title={t`This is for administrators.`}
            actions={
              <LinkButton kind="primary" href={links.cases}>
                <Trans>Go to your cases</Trans>
              </LinkButton>
            }
          >
            <Trans>Ask whoever runs this portal to change something here.</Trans>
          </EmptyState>
        )}
      </div>
    </Frame>
  );
}

function Lists({ account, isOrganisations }: { account: Account; isOrganisations: boolean }) {
  const { loaded, again } = useLoaded(everything);
  return (
    <Waiting loaded={loaded} again={again}>
      {({ people, firms }) =>
        isOrganisations ? (
          <Organisations firms={firms} people={people} onChanged={again} />
        ) : (
          <Accounts people={people} firms={firms} me={account.account_id} onChanged={again} />
        )
      }
    </Waiting>
  );
}

function Part({ href, isHere, children }: { href: string; isHere: boolean; children: string }) {
  return (
    <span className="admin-part" aria-current={isHere ? "page" : undefined}>
      {isHere ? <strong>{children}</strong> : <Link href={href}>{children}</Link>}
    </span>
  );
}
