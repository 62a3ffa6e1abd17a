import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense } from "react";
import { Skeleton } from "../ui";
import type { EditorProps } from "./Editor";

const Editor = lazy(() => import("./Editor"));

/** The editor, fetched when it is first shown: it is as large as all the rest together. */
export function LazyEditor(props: EditorProps) {
  const { t } = useLingui();
  return (
    <Suspense fallback={<Skeleton label={t`Opening the text …`} lines={6} />}>
      <Editor key={props.name} {...props} />
    </Suspense>
  );
}
