/** Times that are proposed: which of them suit whom, saying so, and settling on one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, MeetingProposalView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Card, Checkbox, Tag } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf, partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { When, Where } from "./When";

export function ProposalCard({ view, proposal }: { view: CaseView; proposal: MeetingProposalView }) {
  const { give, status, problem } = useCommand(view.case);
  const mine = view.me.party;
  const isOurs = proposal.party === mine;
  const hasAnswered = mine !== null && proposal.answered_by.includes(mine);
  const mayAnswer = mayNow(proposal, "AnswerMeeting") && !isOurs;
  const [isAnswering, setAnswering] = useState(false);
  const [chosen, setChosen] = useState<readonly number[]>(() => proposal.slots.flatMap((slot, place) => (mine !== null && slot.suits.includes(mine) ? [place] : [])));
  const room = proposal.room === "talks" ? "talks" : "joint";
  const name = nameOf(view, proposal.by);
  const asks = mayAnswer && (!hasAnswered || isAnswering);
  const busy = status !== "idle";

  const answer = async () => {
    const suits = [...chosen].sort((one, other) => one - other);
    if ((await give("meeting-answers", { room, proposal: proposal.proposal, suits })) !== null) setAnswering(false);
  };

  return (
    <Card
      accent={asks ? "ochre" : "stone"}
      title={<Title isOurs={isOurs && mine !== null} name={name} isMove={proposal.moves !== null} />}
      actions={
        asks ? (
          <Tag icon="waiting" tone="warn">
            <Trans>Waits for your answer</Trans>
          </Tag>
        ) : undefined
      }
    >
      <Where where={proposal.where} />
      <ul className="plain-list meeting-slots">
        {proposal.slots.map((slot, place) => {
          const suitsBoth = slot.suits.length === 2;
          const when = <When startsAt={slot.starts_at} endsAt={slot.ends_at} zone={proposal.zone} />;
          return (
            <li key={slot.starts_at} className="meeting-slot" data-both={suitsBoth}>
              {asks ? (
                <Checkbox isSelected={chosen.includes(place)} onChange={(on) => setChosen(on ? [...chosen, place] : chosen.filter((one) => one !== place))}>
                  {when}
                </Checkbox>
              ) : (
                <div className="meeting-when">
                  {when} <Suits view={view} proposal={proposal} suits={slot.suits} />
                </div>
              )}
              {suitsBoth && mayNow(proposal, "SetMeeting") && !asks ? (
                <Button small kind="primary" icon="agree" isPending={busy} onPress={() => void give("meetings", { room, proposal: proposal.proposal, slot: place })}>
                  <Trans>Set this time</Trans>
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      <div className="row">
        {asks ? (
          <Button kind={chosen.length === 0 ? "plain" : "primary"} icon={chosen.length === 0 ? "close" : "agree"} isPending={busy} onPress={() => void answer()}>
            {chosen.length === 0 ? <Trans>None of these suits us</Trans> : <Trans>These suit us</Trans>}
          </Button>
        ) : mayAnswer ? (
          <Button small onPress={() => setAnswering(true)}>
            <Trans>Change our answer</Trans>
          </Button>
        ) : null}
        {mayNow(proposal, "WithdrawMeeting") ? (
          <Button small kind="quiet" icon="undo" isDisabled={busy} onPress={() => void give("meeting-withdrawals", { room, proposal: proposal.proposal })}>
            <Trans>Withdraw</Trans>
          </Button>
        ) : null}
      </div>
      <ProblemNote problem={problem} />
    </Card>
  );
}

function Title({ isOurs, name, isMove }: { isOurs: boolean; name: string; isMove: boolean }) {
  if (isOurs) return isMove ? <Trans>Your side proposes to move the meeting</Trans> : <Trans>Your side proposes a meeting</Trans>;
  return isMove ? <Trans>{name} proposes to move the meeting</Trans> : <Trans>{name} proposes a meeting</Trans>;
}

function Suits({ view, proposal, suits }: { view: CaseView; proposal: MeetingProposalView; suits: MeetingProposalView["slots"][number]["suits"] }) {
  const { t } = useLingui();
  const awaited = (["business", "client"] as const).filter((party) => party !== proposal.party && !proposal.answered_by.includes(party));
  if (suits.length === 2) {
    return (
      <Tag icon="agree" tone="good">
        <Trans>Suits both sides</Trans>
      </Tag>
    );
  }
  const first = awaited.find((party) => party !== view.me.party) ?? awaited[0];
  if (first === undefined) {
    return (
      <Tag icon="close">
        <Trans>Does not suit both</Trans>
      </Tag>
    );
  }
  const name = partyName(view, first);
  return <Tag icon="waiting">{first === view.me.party ? t`Waits for your side` : t`Waits for ${name}`}</Tag>;
}
