/** From one page outside the cases to the others. */
import { useLingui } from "@lingui/react/macro";
import type { Account } from "../api/account";
import { links } from "../links";
import { usePath } from "../router";
import { Link } from "../ui/plain";

export function StaffLinks({ account }: { account: Account }) {
  const { t } = useLingui();
  const path = usePath();
  const all = [
    { href: links.cases, name: t`Your cases` },
    ...(account.administrator ? [{ href: links.admin, name: t`Administration` }] : []),
    { href: links.account, name: t`Your account` },
  ];
  return all
    .filter((one) => one.href !== path)
    .map((one) => (
      <Link key={one.href} href={one.href}>
        {one.name}
      </Link>
    ));
}
