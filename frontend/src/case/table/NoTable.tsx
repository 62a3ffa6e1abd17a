/** What stands in the place of the table: before it is laid, after the end, and for those who only read the papers. */
import { Trans, useLingui } from "@lingui/react/macro";
import { links } from "../../links";
import { nextWords } from "../../text/words";
import { EmptyState, LinkButton } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { mayGive } from "../lookup";
import { whomToInvite } from "../people/seats";
import { About } from "./About";
import { Offers } from "./Offers";

type InView = Pick<CasePageProps, "view">;

export function NoTable({ view }: InView) {
  const { t } = useLingui();
  if (view.me.role === "legal" || view.ending !== null) {
    const title = view.ending === null ? t`The table is for those who talk; the papers are for you` : view.began_at === null ? t`It has ended` : t`The mediation has ended`;
    return (
      <EmptyState
        level={2}
        icon="papers"
        title={title}
        actions={
          <LinkButton kind="primary" href={links.papers(view.case)}>
            <Trans>Go to the papers</Trans>
          </LinkButton>
        }
      />
    );
  }
  return (
    <div className="table">
      <About view={view} />
      <NotLaid view={view} />
      {view.offers.length > 0 || mayGive(view, "MakeOffer") ? <Offers view={view} /> : null}
    </div>
  );
}

function NotLaid({ view }: InView) {
  const { t } = useLingui();
  if (view.began_at !== null) {
    return (
      <EmptyState
        level={2}
        icon="table"
        title={t`The others are already at the table`}
        actions={
          <LinkButton kind="primary" href={links.agreement(view.case)}>
            <Trans>Read the ground rules</Trans>
          </LinkButton>
        }
      >
        <Trans>The mediation is under way. You join it as soon as you have accepted the ground rules.</Trans>
      </EmptyState>
    );
  }
  if (view.line.next === "invite-other-side" && view.line.yours) {
    return (
      <EmptyState
        level={2}
        icon="letters"
        title={t`The other side is not here yet`}
        actions={
          <LinkButton kind="primary" href={links.people(view.case)}>
            <Trans>Invite the other side</Trans>
          </LinkButton>
        }
      >
        <Trans>They get a link by e-mail, and read first what this is about. Then you can write to each other.</Trans>
      </EmptyState>
    );
  }
  if (view.mediator === null && view.line.next !== "invite-other-side" && view.rooms.some((one) => one.room === "talks")) {
    const mayBring = whomToInvite(view).some((seat) => seat.kind === "mediator");
    return (
      <EmptyState
        level={2}
        icon="letters"
        title={t`For now you talk with each other directly`}
        actions={
          <>
            <LinkButton kind="primary" href={links.talk(view.case, "talks")}>
              <Trans>Write to the other side</Trans>
            </LinkButton>
            {mayBring ? (
              <LinkButton href={links.people(view.case)}>
                <Trans>Bring in a mediator</Trans>
              </LinkButton>
            ) : null}
          </>
        }
      >
        <Trans>When that is not enough, either side may bring in a mediator, who takes no side and decides nothing. Then you meet here, at one table.</Trans>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      level={2}
      icon="table"
      title={t`The table is not laid yet`}
      actions={
        <LinkButton kind="primary" href={links.agreement(view.case)}>
          <Trans>See how it begins</Trans>
        </LinkButton>
      }
    >
      <p>
        <Trans>It opens for everyone when both sides have accepted the mediator, and each person the ground rules.</Trans>
      </p>
      <p>{nextWords(view.line.next)}</p>
    </EmptyState>
  );
}
