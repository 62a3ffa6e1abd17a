import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import { Skeleton } from "../ui";
import type { OneClauseEditorProps } from "./OneClauseEditor";

const OneClauseEditor = lazy(() => import("./OneClauseEditor"));

export function LazyOneClauseEditor(props: OneClauseEditorProps) {
  const { t } = useLingui();
  return (
    <Suspense fallback={<Skeleton label={t`Opening the text …`} lines={3} />}>
      <OneClauseEditor {...props} />
    </Suspense>
  );
}
