import { useLingui } from "@lingui/react/macro";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { Caseload } from "../account/Caseload";
import { OpenCase } from "../account/OpenCase";
import { SignIn } from "../account/SignIn";
import { useAccount } from "../live/useAccount";
import { CasePages } from "../case/CasePages";
import { Join } from "../invitation/Join";
import { links } from "../links";
import { navigate, usePath } from "../router";
import { Announcer, Skeleton } from "../ui";
import { NotFound } from "./NotFound";
import { Broken } from "./Broken";

export function App() {
  const { i18n, t } = useLingui();
  // Dates and money as the person's own region writes them, in the language they read.
  const locale = navigator.languages.find((tag) => tag.startsWith(i18n.locale)) ?? i18n.locale;
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={(to) => navigate(to)}>
        <a className="skip-link" href="#main">
          {t`Skip to the content`}
        </a>
        <Broken>
          <Pages />
        </Broken>
        <Announcer label={t`Messages`} closeLabel={t`Close`} />
      </RouterProvider>
    </I18nProvider>
  );
}

/** Which page an address shows. Anyone may open an invitation; everything else belongs to whoever is signed in. */
function Pages() {
  const path = usePath();
  if (path === "/join") return <Join />;
  if (path === links.signIn) return <SignIn />;
  return <SignedInPages path={path} />;
}

function SignedInPages({ path }: { path: string }) {
  const { t } = useLingui();
  const account = useAccount();
  if (account.state === "asking") {
    return (
      <main id="main" className="page page-narrow">
        <Skeleton label={t`One moment`} />
      </main>
    );
  }
  if (account.state === "nobody") return <SignIn />;
  if (path === links.cases) return <Caseload account={account.account} />;
  if (path === links.newCase) return <OpenCase account={account.account} />;
  const inCase = /^\/cases\/([0-9a-f]{32})(?:\/(.*))?$/.exec(path);
  const caseId = inCase?.[1];
  if (caseId !== undefined) return <CasePages caseId={caseId} page={inCase?.[2] ?? ""} />;
  return <NotFound />;
}
