/** The pages of whoever is signed in. With them comes react-aria, which the way in does without. */
import { useLingui } from "@lingui/react/macro";
import { regionalTag } from "../ui/plain/regionalTag";
import { lazy, Suspense } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import type { Account } from "../api/account";
import { links } from "../links";
import { parts } from "../parts";
import { navigate } from "../router";
import { Skeleton } from "../ui/surfaces";
import { NotFound } from "./NotFound";

const Caseload = lazy(() => parts.caseload().then((part) => ({ default: part.Caseload })));
const OpenCase = lazy(() => parts.openCase().then((part) => ({ default: part.OpenCase })));
const AccountPage = lazy(() => parts.account().then((part) => ({ default: part.AccountPage })));
const AdminPage = lazy(() => parts.admin().then((part) => ({ default: part.AdminPage })));
const ComplaintsPage = lazy(() => parts.complaints().then((part) => ({ default: part.ComplaintsPage })));
const ReadyClausesPage = lazy(() => parts.readyClauses().then((part) => ({ default: part.ReadyClausesPage })));
const WebhookPage = lazy(() => parts.webhook().then((part) => ({ default: part.WebhookPage })));
const PoliciesPage = lazy(() => parts.policies().then((part) => ({ default: part.PoliciesPage })));
const CasePages = lazy(() => parts.casePages().then((part) => ({ default: part.CasePages })));

export function Workspace({ path, account }: { path: string; account: Account }) {
  const { i18n, t } = useLingui();
  // Dates and money as the person's own region writes them, in the language they read.
  const locale = regionalTag(i18n.locale);
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={(to) => navigate(to)}>
        <Suspense
          fallback={
            <main id="main" className="page">
              <Skeleton label={t`One moment`} lines={6} />
            </main>
          }
        >
          <Page path={path} account={account} />
        </Suspense>
      </RouterProvider>
    </I18nProvider>
  );
}

function Page({ path, account }: { path: string; account: Account }) {
  switch (path) {
    case links.cases:
      return <Caseload account={account} />;
    case links.newCase:
      return <OpenCase account={account} />;
    case links.account:
      return <AccountPage account={account} />;
    case links.complaints:
      return <ComplaintsPage account={account} />;
    default:
  }
  if (path === links.admin || path.startsWith(`${links.admin}/`)) return <AdminPage account={account} part={path.slice(links.admin.length + 1)} />;
  const provider = /^\/providers\/([0-9a-f]{32})\/clauses$/.exec(path)?.[1];
  if (provider !== undefined) return <ReadyClausesPage key={provider} account={account} provider={provider} />;
  const hooked = /^\/organisations\/([0-9a-f]{32})\/webhook$/.exec(path)?.[1];
  if (hooked !== undefined) return <WebhookPage key={hooked} account={account} organisation={hooked} />;
  const business = /^\/businesses\/([0-9a-f]{32})\/policies$/.exec(path)?.[1];
  if (business !== undefined) return <PoliciesPage key={business} account={account} business={business} />;
  const inCase = /^\/cases\/([0-9a-f]{32})(?:\/(.*))?$/.exec(path);
  const caseId = inCase?.[1];
  if (caseId !== undefined) return <CasePages caseId={caseId} page={inCase?.[2] ?? ""} />;
  return <NotFound />;
}
