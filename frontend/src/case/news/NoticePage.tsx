/** Where the link of a mail leads: on to the very thing, as soon as it is known what that is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { noticesOf } from "../../api/notices";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { navigate, usePageTitle } from "../../router";
import { EmptyState, LinkButton, Skeleton } from "../../ui";
import { whereTo } from "./whereTo";

export function NoticePage({ view, notice }: { view: CaseView; notice: string }) {
  const { t } = useLingui();
  usePageTitle(t`What is new`);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    let gone = false;
    noticesOf(view.case)
      .then(({ notices }) => {
        if (gone) return;
        const found = notices.find((one) => one.notice === notice);
        if (found === undefined) setMissing(true);
        else navigate(whereTo(view, found), { replace: true });
      })
      .catch(() => {
        if (!gone) setMissing(true);
      });
    return () => {
      gone = true;
    };
    // The way is chosen once; the case may move meanwhile.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [view.case, notice]);
  if (!missing) return <Skeleton label={t`One moment`} lines={4} />;
  return (
    <EmptyState
      icon="bell"
      title={t`That is no longer new`}
      actions={
        <LinkButton kind="primary" href={links.table(view.case)}>
          <Trans>Go to the table</Trans>
        </LinkButton>
      }
    >
      <Trans>What the e-mail told you of has gone, or was told to somebody else. Everything that you may read is in the case.</Trans>
    </EmptyState>
  );
}
