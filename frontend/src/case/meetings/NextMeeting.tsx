/** The next meeting, where everybody looks first. */
import { Trans } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { Banner, LinkButton, useNow } from "../../ui";
import { When, Where } from "./When";
import "./meetings.css";

export function NextMeeting({ view }: { view: CaseView }) {
  const now = useNow();
  const next = view.meetings.find((one) => one.state === "set" && one.attended.length === 0 && Date.parse(one.ends_at) > now);
  if (next === undefined || view.ending !== null) return null;
  return (
    <Banner
      icon="waiting"
      title={<Trans>The next meeting</Trans>}
      actions={
        <LinkButton small href={links.meetings(view.case)}>
          <Trans>Meetings</Trans>
        </LinkButton>
      }
    >
      <When startsAt={next.starts_at} endsAt={next.ends_at} zone={next.zone} />
      <Where where={next.where} />
    </Banner>
  );
}
