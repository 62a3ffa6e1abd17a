import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Loaded } from "../live/useLoaded";
import { Banner, Button, Skeleton } from "../ui/plain";

/** What was fetched, or that it is on its way, or why it did not come. */
export function Waiting<T>({ loaded, again, children }: { loaded: Loaded<T>; again: () => void; children: (it: T) => ReactNode }) {
  const { t } = useLingui();
  switch (loaded.state) {
    case "loading":
      return <Skeleton label={t`One moment`} lines={6} />;
    case "failed":
      return (
        <Banner
          tone="bad"
          urgent
          title={loaded.problem.title}
          actions={
            <Button onPress={again}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {loaded.problem.next}
        </Banner>
      );
    case "here":
      return children(loaded.it);
  }
}
