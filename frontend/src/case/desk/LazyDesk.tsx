/** The desk is the mediator's alone, so nobody else has to load it. */
import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import type { CaseView } from "../../api/types";
import { Skeleton } from "../../ui";

const Desk = lazy(() => import("./Desk").then((part) => ({ default: part.Desk })));

export function LazyDesk({ view }: { view: CaseView }) {
  const { t } = useLingui();
  return (
    <Suspense fallback={<Skeleton label={t`One moment`} lines={6} />}>
      <Desk view={view} />
    </Suspense>
  );
}
