/** Who is on the case, who can agree for each side, and inviting somebody. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView, PersonView } from "../../api/types";
import { usePageTitle } from "../../router";
import { roleWord } from "../../text/words";
import { Card, EmptyState, Monogram, Tag, type Accent } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { OwnLimit } from "../limits/OwnLimit";
import { Authority } from "./Authority";
import { Capacity } from "./Capacity";
import { Invitations } from "./Invitations";
import { PersonActs } from "./PersonActs";
import "./people.css";

export function PeoplePage({ view, live }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`People`);
  const neutral = view.people.filter((one) => one.party === null);
  return (
    <div className="stack-wide">
      <h1>
        <Trans>People</Trans>
      </h1>
      <div className="columns">
        {view.parties.map((side) => {
          const people = view.people.filter((one) => one.party === side.party);
          const isConsumer = side.capacity === "consumer";
          return (
            <Card key={side.party} title={side.name} accent={side.party === "business" ? "slate" : "ochre"}>
              <p className="note">
                {side.party === "business" ? <Trans>The business</Trans> : isConsumer ? <Trans>The client, a private person</Trans> : <Trans>The client</Trans>}
                {side.place === "" ? null : ` · ${side.place}`}
              </p>
              {people.length === 0 ? (
                <EmptyState icon="waiting" title={t`Nobody has come yet`}>
                  <Trans>They come by an invitation link.</Trans>
                </EmptyState>
              ) : (
                <People view={view} people={people} present={live.presence} accent={side.party === "business" ? "slate" : "ochre"} />
              )}
              <Capacity view={view} side={side} />
            <Authority view={view} side={side} />
              {side.party === view.me.party ? <OwnLimit view={view} /> : null}
            </Card>
          );
        })}
        <Card title={<Trans>Neutral</Trans>} accent="moss">
          {neutral.length === 0 ? (
            <EmptyState icon="scales" title={t`There is no mediator yet`}>
              <Trans>Either side may invite one. A mediator takes no side and decides nothing.</Trans>
            </EmptyState>
          ) : (
            <People view={view} people={neutral} present={live.presence} accent="moss" />
          )}
        </Card>
      </div>
      <Invitations view={view} />
    </div>
  );
}

function People({ view, people, present, accent }: { view: CaseView; people: readonly PersonView[]; present: readonly string[]; accent: Accent }) {
  return (
    <ul className="plain-list">
      {people.map((one) => {
        const isHere = present.includes(one.participant);
        return (
          <li key={one.participant} className="person">
            <Monogram name={one.name} accent={accent} present={isHere} />
            <div className="person-main">
              <p>
                <strong>{one.name}</strong>
                {one.participant === view.me.participant ? (
                  <span className="soft">
                    {" "}
                    <Trans>(you)</Trans>
                  </span>
                ) : null}
              </p>
              <p className="note">
                {one.title === "" || one.title.toLocaleLowerCase() === roleWord(one.role).toLocaleLowerCase() ? roleWord(one.role) : `${roleWord(one.role)} · ${one.title}`}
                {isHere ? (
                  <>
                    {" · "}
                    <Trans>here now</Trans>
                  </>
                ) : null}
              </p>
              {view.muted.includes(one.participant) ? (
                <Tag icon="hush" tone="warn">
                  <Trans>Listens for now</Trans>
                </Tag>
              ) : null}
              {view.began_at === null && one.role !== "legal" ? (
                one.accepted_agreement ? (
                  <Tag icon="agree" tone="good">
                    <Trans>Ground rules accepted</Trans>
                  </Tag>
                ) : (
                  <Tag icon="waiting">
                    <Trans>Ground rules open</Trans>
                  </Tag>
                )
              ) : null}
            </div>
            <PersonActs view={view} person={one} />
          </li>
        );
      })}
    </ul>
  );
}
