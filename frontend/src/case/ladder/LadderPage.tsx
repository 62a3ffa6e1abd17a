/** "What if we can't agree?": every step from the first day on, with its date, and what remains possible. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, RungView } from "../../api/types";
import { links } from "../../links";
import { useCommand } from "../../live/useCommand";
import { usePageTitle } from "../../router";
import { timeLimits } from "../../text/standstill";
import { tierExplained, tierWord } from "../../text/words";
import { Banner, Button, ConfirmDialog, Icon, LinkButton, Tag, TextArea, Time, useNow } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { mayGive } from "../lookup";
import { partyName } from "../people";
import { Standstill } from "./Standstill";
import { AskedBy, Terms } from "./Terms";
import { TimeLimits } from "./TimeLimits";
import "./ladder.css";

export function LadderPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`What if we can’t agree?`);
  const [chosen, setChosen] = useState<RungView | null>(null);
  const here = view.ladder.findIndex((one) => one.state === "here");
  const isUp = chosen !== null && view.ladder.findIndex((one) => one.tier === chosen.tier) > here;
  return (
    <div className="stack-wide measure centred">
      <div className="stack">
        <h1>
          <Trans>What if we can’t agree?</Trans>
        </h1>
        <p className="lead soft">
          <Trans>Then there is a next step. Everybody has known all of them since the first day. Nothing that was said is lost by taking one.</Trans>
        </p>
      </div>
      <Terms view={view} />
      <ol className="ladder">
        {view.ladder.map((rung) => (
          <li key={rung.tier} className={`rung rung-${rung.state}`} {...(rung.state === "here" ? { "aria-current": "step" as const } : {})}>
            <span className="rung-mark">
              <Icon name={rung.state === "done" ? "agree" : rung.state === "here" ? "table" : "waiting"} />
            </span>
            <div className="stack-tight">
              <div className="row">
                <h2>{tierWord(rung.tier)}</h2>
                {rung.state === "here" ? (
                  <Tag tone="accent">
                    <Trans>We are here</Trans>
                  </Tag>
                ) : null}
              </div>
              <p>{tierExplained(rung.tier)}</p>
              {rung.people.length === 0 ? null : (
                <p>
                  <Who people={rung.people} />
                </p>
              )}
              {rung.empty || rung.state === "skipped" ? (
                <p className="note">
                  <Trans>Nobody is responsible here, so this step is passed over.</Trans>
                </p>
              ) : rung.days === null || rung.state === "done" ? null : (
                <p className="note">
                  <Plural value={rung.days} one="This step has # working day." other="This step has # working days." />
                </p>
              )}
              {rung.reached_at === null ? null : (
                <p className="note">
                  <Trans>
                    Since <Time at={rung.reached_at} show="date" />
                  </Trans>
                </p>
              )}
              {rung.state === "here" && mayGive(view, "ProposeMeeting") ? (
                <div className="row">
                  <LinkButton small icon="waiting" href={links.meetings(view.case)}>
                    <Trans>Arrange a meeting for this step</Trans>
                  </LinkButton>
                </div>
              ) : null}
              {rung.asked_by.map((party) => (
                <Banner key={party} icon="waiting">
                  <AskedBy name={partyName(view, party)} isOurs={party === view.me.party} />
                </Banner>
              ))}
              {rung.tier === "referral" && view.referral !== null && isNear(view.ladder, here) ? (
                <div className="row">
                  <LinkButton href={links.referral(view.case)} icon="onward" {...(rung.state === "here" ? { kind: "primary" as const } : {})}>
                    <Trans>What this means, and the papers for it</Trans>
                  </LinkButton>
                </div>
              ) : null}
              {rung.can.includes("StepTier") ? (
                <div className="row">
                  <Button onPress={() => setChosen(rung)} icon="ladder">
                    {rung.state === "done" ? (
                      <Trans>Ask to go back to this</Trans>
                    ) : rung.takes_both ? (
                      <Trans>Ask for this step</Trans>
                    ) : (
                      <Trans>Take this step</Trans>
                    )}
                  </Button>
                </div>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      {view.ending === null ? <Standstill view={view} /> : null}
      <Banner icon="notice" title={<Trans>What always stays open</Trans>}>
        <Trans>You may leave at any moment, go to court, or complain elsewhere.</Trans>
      </Banner>
      {chosen === null ? null : <StepDialog key={chosen.tier} view={view} rung={chosen} isUp={isUp} onClose={() => setChosen(null)} />}
    </div>
  );
}

/** Who acts at a step; whoever is named later stands in for those before. */
function Who({ people }: { people: RungView["people"] }) {
  const names = people.map((one) => (one.title === "" ? one.name : `${one.name} (${one.title})`));
  const [first, ...others] = names;
  const deputies = others.join(", ");
  return others.length === 0 ? <>{first}</> : <Trans>{first}; standing in: {deputies}</Trans>;
}

/** Whether the last step is where we are, or the one after. */
function isNear(ladder: readonly RungView[], here: number): boolean {
  return ladder.findIndex((one) => one.tier === "referral") - here <= 1;
}

function StepDialog({ view, rung, isUp, onClose }: { view: CaseView; rung: RungView; isUp: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const isStill = timeLimits(view.standstill.until, useNow()) === "stand-still";
  const step = tierWord(rung.tier);
  const [tried, setTried] = useState("");
  return (
    <ConfirmDialog
      title={step}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      confirm={rung.state === "done" ? t`Ask to go back to this` : rung.takes_both ? t`Ask for this step` : t`Take this step`}
      decline={t`Not now`}
      isPending={status !== "idle"}
      onConfirm={() => {
        void give("tier-steps", { to: rung.tier, tried }).then((written) => {
          if (written !== null) onClose();
        });
      }}
    >
      <p>{tierExplained(rung.tier)}</p>
      {rung.takes_both ? (
        <p>
          <Trans>It happens once both sides have asked for it. The other side sees that yours has.</Trans>
        </p>
      ) : isUp ? (
        <>
          <p>
            <Trans>Your side can take this step alone. Everyone sees the step and its date; no reason is written down.</Trans>
          </p>
          <p className="note">
            <Trans>The other side is told at once and asked for an answer.</Trans> <TimeLimits view={view} offer={false} />{" "}
            {isStill ? null : <Trans>Below the steps you can offer that they stand still.</Trans>}
          </p>
        </>
      ) : null}
      {rung.state === "done" ? null : (
        <TextArea
          label={t`What you have tried so far, if you want to say it`}
          hint={t`Everybody in the conversation reads it. It is in no paper.`}
          value={tried}
          onChange={setTried}
          maxLength={4000}
        />
      )}
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
    </ConfirmDialog>
  );
}
