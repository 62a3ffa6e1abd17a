/** What every page needs and no more: whoever opens an invitation on a phone loads this before anything else. */
import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useEffect } from "react";
import { useAccount } from "../live/useAccount";
import { links } from "../links";
import { parts } from "../parts";
import { navigate, usePath } from "../router";
import { Announcer } from "../ui/Announcer";
import { Skeleton } from "../ui/surfaces";
import { Broken } from "./Broken";

const Join = lazy(() => parts.join().then((part) => ({ default: part.Join })));
const Intake = lazy(() => parts.intake().then((part) => ({ default: part.Intake })));
const SignIn = lazy(() => parts.signIn().then((part) => ({ default: part.SignIn })));
const NewPassword = lazy(() => parts.newPassword().then((part) => ({ default: part.NewPassword })));
const VerifyPage = lazy(() => parts.verify().then((part) => ({ default: part.VerifyPage })));
const LookUpPage = lazy(() => parts.lookUp().then((part) => ({ default: part.LookUpPage })));
const Workspace = lazy(() => parts.workspace().then((part) => ({ default: part.Workspace })));

export function App() {
  const { t } = useLingui();
  useOwnLinks();
  return (
    <>
      <a className="skip-link" href="#main">
        {t`Skip to the content`}
      </a>
      <Broken>
        <Suspense fallback={<OneMoment />}>
          <Pages />
        </Suspense>
      </Broken>
      <Announcer label={t`Messages`} closeLabel={t`Close`} />
    </>
  );
}

/** Which page an address shows. What comes by mail or from a shop's own site is open to strangers; the rest is not. */
function Pages() {
  const path = usePath();
  if (path === links.join) return <Join />;
  if (path === links.password) return <NewPassword />;
  if (path === links.signIn) return <SignIn />;
  if (path === links.verify) return <VerifyPage />;
  if (path === links.lookUp) return <LookUpPage />;
  const slug = /^\/to\/([a-z0-9][a-z0-9-]*)\/?$/.exec(path)?.[1];
  if (slug !== undefined) return <Intake key={slug} slug={slug} />;
  return <SignedInPages path={path} />;
}

function SignedInPages({ path }: { path: string }) {
  const who = useAccount();
  if (who.state === "asking") return <OneMoment />;
  if (who.state === "nobody") return <SignIn />;
  return <Workspace path={path} account={who.account} />;
}

function OneMoment() {
  const { t } = useLingui();
  return (
    <main id="main" className="page page-narrow">
      <Skeleton label={t`One moment`} />
    </main>
  );
}

/** Links between our pages change the page, not the document; with a key held down they stay the browser's. */
function useOwnLinks() {
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-own-page]") : null;
      if (link === null) return;
      event.preventDefault();
      navigate(link.href);
    };
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, []);
}
