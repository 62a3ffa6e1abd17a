/** Until when, for whom, and what then: every time that runs on the ladder, in a sentence each. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, TermView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { tierWord } from "../../text/words";
import { links } from "../../links";
import { Banner, Button, Card, ConfirmDialog, Day, LinkButton, TextField } from "../../ui";
import { mayGive } from "../lookup";
import { partyName } from "../people";
import { speakingRooms } from "../rooms";

type InView = { view: CaseView };

const PARTIES = ["business", "client"] as const;

export function Terms({ view }: InView) {
  const { give, status, problem } = useCommand(view.case);
  if (view.ending !== null || view.calendar === null) return null;
  const { zone } = view.calendar;
  // Behind the name stands a code, by which the editor of ladders finds the place again.
  const name = view.calendar.name.replace(/ \([A-Z]{2}(?:-[^()]+)?\)$/u, "");
  const other = partyName(view, view.me.party === "business" ? "client" : "business");
  return (
    <Card title={<Trans>What happens next, and by when</Trans>}>
      {view.resting ? (
        <p>
          <Trans>No answer came, so the case rests. Nothing is lost by that: it goes on as soon as either side writes to the other.</Trans>
        </p>
      ) : view.terms.length === 0 ? (
        <p>
          <Trans>No time runs now. What comes next is for the two sides to say.</Trans>
        </p>
      ) : null}
      {view.ladder.flatMap((rung) =>
        rung.asked_by.map((party) => (
          <Banner key={`${rung.tier} ${party}`} icon="ladder" title={tierWord(rung.tier)}>
            <AskedBy name={partyName(view, party)} isOurs={party === view.me.party} />
          </Banner>
        )),
      )}
      {view.silent.map((party) => (
        <Silence key={party} name={partyName(view, party)} isOurs={party === view.me.party} isRefusal={!view.resting} />
      ))}
      <ul className="terms">
        {view.terms.map((term) => (
          <li key={`${term.term}-${term.owed_by}`} className="stack-tight">
            <Until view={view} term={term} />
            <Then view={view} term={term} />
            <Longer view={view} term={term} />
          </li>
        ))}
      </ul>
      {mayGive(view, "AskForAnswer") ? (
        <div className="row">
          <Button icon="speech" isPending={status !== "idle"} onPress={() => void give("answer-requests", {})}>
            <Trans>Ask {other} for an answer</Trans>
          </Button>
        </div>
      ) : null}
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      <p className="note">
        {name === "" ? <Trans>Working days count, Monday to Friday; a day ends at midnight ({zone}).</Trans> : <Trans>Working days count, without the holidays of {name}; a day ends at midnight ({zone}).</Trans>}
      </p>
    </Card>
  );
}

/** That a side has asked for a step which takes both. */
export function AskedBy({ name, isOurs }: { name: string; isOurs: boolean }) {
  return isOurs ? (
    <Trans>Your side has asked for this step. It happens as soon as the other side agrees.</Trans>
  ) : (
    <Trans>{name} has asked for this step. It happens if your side asks for it too.</Trans>
  );
}

function Silence({ name, isOurs, isRefusal }: { name: string; isOurs: boolean; isRefusal: boolean }) {
  if (!isRefusal) return null;
  return (
    <Banner tone="warn" icon="notice">
      {isOurs ? (
        <Trans>Your side gave no answer in time. The papers say so; an answer now is welcome all the same.</Trans>
      ) : (
        <Trans>{name} gave no answer in time. That counts as a refusal, and the papers say so. You can take the next step.</Trans>
      )}
    </Banner>
  );
}

function Until({ view, term }: InView & { term: TermView }) {
  if (term.last_day === null) return <Standing view={view} term={term} />;
  return (
    <>
      <p>
        <strong>
          <Trans>
            Until <Day on={term.last_day} />:
          </Trans>
        </strong>{" "}
        <What view={view} term={term} />
      </p>
      {term.term === "answer" && term.owed_by === view.me.party ? <ToAnswer view={view} /> : null}
    </>
  );
}

/** Whoever comes from a mail that asks for an answer is one tap from giving it. */
function ToAnswer({ view }: InView) {
  const room = view.began_at === null ? "talks" : "joint";
  if (!speakingRooms(view).some((one) => one.room === room)) return null;
  return (
    <div className="row">
      <LinkButton kind="primary" icon="speech" href={links.talk(view.case, room)}>
        <Trans>Write to the other side</Trans>
      </LinkButton>
    </div>
  );
}

/** What this time is for, of whom. */
function What({ view, term }: InView & { term: TermView }) {
  const name = partyName(view, term.owed_by);
  if (term.term === "acknowledge") return <Trans>somebody of {name} takes this on.</Trans>;
  if (term.term === "resolve") return <Trans>there is time to settle it at this step.</Trans>;
  if (term.owed_by !== view.me.party) return <Trans>{name} is asked for an answer.</Trans>;
  return <Trans>your side is asked for an answer. Anything that you write to the other side counts.</Trans>;
}

/** Whose time stands still, and why; it goes on by itself. */
function Standing({ view, term }: InView & { term: TermView }) {
  const name = partyName(view, term.owed_by === "business" ? "client" : "business");
  return (
    <p>
      <strong>{term.term === "resolve" ? <Trans>Time for this step:</Trans> : <Trans>Time for an answer:</Trans>}</strong>{" "}
      {term.still.includes("signing") ? (
        <Trans>it stands still while the settlement waits for its signatures.</Trans>
      ) : term.still.includes("paused") ? (
        <Trans>it stands still while the conversation is paused.</Trans>
      ) : term.still.includes("resting") ? (
        <Trans>it stands still while the case rests.</Trans>
      ) : (
        <Trans>it stands still while an answer from {name} is awaited.</Trans>
      )}
    </p>
  );
}

function Then({ view, term }: InView & { term: TermView }) {
  if (term.last_day === null) return null;
  const step = term.then_tier === null ? "" : tierWord(term.then_tier);
  const isOurs = term.owed_by === view.me.party;
  switch (term.then) {
    case "step-up":
      return (
        <p className="note">
          <Trans>After that comes the next step by itself: {step}.</Trans>
        </p>
      );
    case "refused":
      return (
        <p className="note">
          <Trans>If no answer comes, that counts as a refusal, and the papers say so.</Trans>
        </p>
      );
    case "rest":
      return (
        <p className="note">
          {isOurs ? (
            <Trans>If you do not answer, the case rests. You lose nothing by that, and can go on whenever you like.</Trans>
          ) : (
            <Trans>If no answer comes, the case rests until either side goes on.</Trans>
          )}
        </p>
      );
    case "remind":
      return (
        <p className="note">
          <Trans>After that everybody is reminded; nothing else happens by itself.</Trans>
        </p>
      );
  }
}

function Longer({ view, term }: InView & { term: TermView }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const asked = PARTIES.map((party) => ({ party, days: term.longer[party], name: partyName(view, party) })).filter((one) => one.days !== undefined);
  const theirs = asked.find((one) => one.party !== view.me.party)?.days;
  return (
    <>
      {asked.map(({ party, days, name }) => (
        <p key={party} className="note">
          {party === view.me.party ? <Trans>Your side asks for {days} more working days.</Trans> : <Trans>{name} asks for {days} more working days.</Trans>}
        </p>
      ))}
      {term.can.includes("ExtendTerm") ? (
        <div className="row">
          <Button small kind="quiet" icon="waiting" onPress={() => setOpen(true)}>
            {theirs === undefined ? <Trans>Ask for more time</Trans> : <Trans>Answer: more time</Trans>}
          </Button>
        </div>
      ) : null}
      {isOpen ? <LongerDialog view={view} term={term} title={t`More time`} first={theirs ?? 5} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function LongerDialog({ view, term, title, first, onClose }: InView & { term: TermView; title: string; first: number; onClose: () => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [days, setDays] = useState(String(first));
  const number = Number(days);
  const isFit = Number.isInteger(number) && number >= 1 && number <= 60;
  const extend = () => {
    if (!isFit || term.term === "acknowledge") return;
    void give("extensions", { term: term.term, owed_by: term.owed_by, days: number }).then((written) => {
      if (written !== null) onClose();
    });
  };
  return (
    <ConfirmDialog
      title={title}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      confirm={t`Ask for this time`}
      decline={t`Not now`}
      isPending={status !== "idle"}
      onConfirm={extend}
    >
      <p>
        <Trans>The time is longer once both sides ask for as many days. Nobody has to say why.</Trans>
      </p>
      <TextField
        label={t`More working days`}
        type="number"
        inputMode="numeric"
        value={days}
        onChange={setDays}
        {...(isFit ? {} : { fault: t`Write a whole number from 1 to 60.` })}
      />
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
    </ConfirmDialog>
  );
}
