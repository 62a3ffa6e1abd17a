/** Beside the name: one's account, and for those who have them the pages of administrators. */
import { Trans } from "@lingui/react/macro";
import type { Account } from "../api/account";
import { links } from "../links";
import { Link } from "../ui/plain";

export function StaffLinks({ account }: { account: Account }) {
  return (
    <>
      {account.administrator === true ? (
        <Link href={links.admin}>
          <Trans>Administration</Trans>
        </Link>
      ) : null}
      <Link href={links.account}>
        <Trans>Your account</Trans>
      </Link>
    </>
  );
}
