/** What everyone reads before anything else (and may read again at any time under "People"). */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState, type ReactNode } from "react";
import { declineInvitation, type FirstPageFacts } from "../api/invitations";
import { explainError } from "../api/explain";
import { categoryWord, roleWord, tierExplained, tierWord } from "../text/words";
import { Banner, ConfirmDialog, Day, Icon, Progress, type IconName } from "../ui/plain";
import { announce } from "../ui/Announcer";
import { StepHeading } from "./JoinHead";
import { TakeTheSeat } from "./TakeTheSeat";

function Point({ icon, title, children }: { icon: IconName; title: ReactNode; children: ReactNode }) {
  return (
    <li className="point">
      <span className="point-icon">
        <Icon name={icon} size={24} />
      </span>
      <div className="stack-tight point-text">
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  );
}

export function FirstPage({
  facts,
  token,
  onDeclined,
  onForAnAccount,
}: {
  facts: FirstPageFacts;
  token: string;
  onDeclined: () => void;
  onForAnAccount: () => void;
}) {
  const { t } = useLingui();
  const [declining, setDeclining] = useState(false);
  const [busy, setBusy] = useState(false);
  const { inviter, business, client } = facts;
  const category = categoryWord(facts.category);
  const role = roleWord(facts.role);
  const side = facts.party === "business" ? business : client;
  const host = facts.host_party === "business" ? business : client;

  async function decline() {
    setBusy(true);
    try {
      await declineInvitation(token);
      onDeclined();
    } catch (error) {
      const words = explainError(error);
      announce(`${words.title} ${words.next}`, { tone: "bad" });
      setBusy(false);
      setDeclining(false);
    }
  }

  return (
    <>
      <Progress label={t`Step 2 of 2`} value={80} />
      <div className="stack">
        <p className="soft">
          <Trans>
            {inviter} invites you about: {category}
          </Trans>
        </p>
        <StepHeading className="display">{facts.title}</StepHeading>
        <p className="lead">
          <Trans>
            {business} and {client} want to find a way out of this together, instead of leaving it to others.
          </Trans>
        </p>
        {/* The client knows whose side they are on; whoever is brought along may not. */}
        {facts.party === null || facts.role === "principal" ? null : (
          <p className="lead">
            <Trans>
              You are asked to the side of {side}, as: {role}.
            </Trans>
          </p>
        )}
        {facts.account === "" ? null : <blockquote className="prose first-account">{facts.account}</blockquote>}
      </div>

      {facts.host_party === null ? null : (
        <Banner tone="warn" title={t`Please note`}>
          <Trans>
            {host} runs this site, and is itself one of the two sides here.
          </Trans>
        </Banner>
      )}

      <ul className="plain-list points">
        <Mediator facts={facts} />
        <Point icon="leave" title={<Trans>You may leave at any moment.</Trans>}>
          <p>
            <Trans>Nobody asks you why. You can still go to court or complain elsewhere, now or later.</Trans>{" "}
            {facts.still_until === null ? (
              <Trans>
                Legal time limits may be running meanwhile; if one is near, get advice soon, or ask for an agreement that they stand still.
              </Trans>
            ) : (
              <Trans>
                Both sides have agreed that legal time limits stand still until the end of <Day on={facts.still_until} />; if one is near, get advice soon.
              </Trans>
            )}
          </p>
        </Point>
        <Point icon="quill" title={<Trans>Nothing binds you until you sign.</Trans>}>
          <p>
            <Trans>
              Whatever you say or agree to on the way is for these talks only. At the end you get time to read the settlement
              and to think, take advice if you like, and then decide.
            </Trans>
          </p>
        </Point>
        <WhoSeesWhat facts={facts} />
        <Point icon="papers" title={<Trans>Who pays.</Trans>}>
          <p>
            {facts.fees === "" ? (
              <Trans>Nothing has been said about fees. Ask {inviter} before you accept anything.</Trans>
            ) : (
              facts.fees
            )}
          </p>
        </Point>
        {facts.party === null ? null : (
          <Point icon="people" title={<Trans>You need no lawyer, and you may bring one.</Trans>}>
            <p>
              <Trans>
                The mediator explains every step to both sides alike. You may bring a lawyer, a companion or an interpreter at any time.
                Advice centres for consumers and legal aid help people who have nobody, often without charge.
              </Trans>
            </p>
          </Point>
        )}
        <Point icon="ladder" title={<Trans>What if we cannot agree?</Trans>}>
          <p>
            <Trans>Then there are further steps. Everybody knows them from the first day, and you decide about each.</Trans>
          </p>
          <ol className="steps">
            {facts.ladder.map((tier) => (
              <li key={tier}>
                <strong>{tierWord(tier)}.</strong> <span className="soft">{tierExplained(tier)}</span>
              </li>
            ))}
          </ol>
        </Point>
      </ul>

      <TakeTheSeat facts={facts} token={token} onDecline={() => setDeclining(true)} onForAnAccount={onForAnAccount} />

      <ConfirmDialog
        title={t`Say no to this invitation?`}
        isOpen={declining}
        onOpenChange={setDeclining}
        confirm={t`Not for me`}
        decline={t`Keep it open`}
        onConfirm={() => void decline()}
        isPending={busy}
      >
        <p>
          <Trans>
            {inviter} learns that you said no, without a reason. You lose no rights by it. While the link is valid you may change
            your mind.
          </Trans>
        </p>
      </ConfirmDialog>
    </>
  );
}

function Mediator({ facts }: { facts: FirstPageFacts }) {
  const { mediator, business } = facts;
  const earlier = facts.earlier_cases;
  return (
    <Point icon="scales" title={<Trans>A mediator helps. Nobody judges.</Trans>}>
      <p>
        {facts.role === "mediator" ? (
          <Trans>
            You are asked to mediate. First you say whether you have ties to either side; then each side accepts you, or asks for
            somebody else.
          </Trans>
        ) : mediator === null ? (
          <Trans>
            A mediator can be brought in when talking directly is not enough. A mediator takes no side, decides nothing and gives no
            legal advice. You can refuse one and ask for another.
          </Trans>
        ) : (
          <Trans>
            The mediator is {mediator}. The mediator takes no side, decides nothing and gives no legal advice. You can refuse
            this mediator and ask for another.
          </Trans>
        )}
      </p>
      {earlier === null || mediator === null ? null : (
        <p>
          <Plural
            value={earlier}
            _0={`${mediator} has had no earlier case with ${business} here.`}
            one={`${mediator} has had one earlier case with ${business} here. You may ask about it.`}
            other={`${mediator} has had # earlier cases with ${business} here. You may ask about them.`}
          />
        </p>
      )}
    </Point>
  );
}

function WhoSeesWhat({ facts }: { facts: FirstPageFacts }) {
  const { operator } = facts;
  const mediates = facts.role === "mediator";
  return (
    <Point icon="lock" title={<Trans>Who can see what.</Trans>}>
      <ul className="sees">
        <li>
          <Trans>At the table: both sides and the mediator.</Trans>
        </li>
        <li>
          {mediates ? (
            <Trans>In private with you: one side and you. It goes to the other side only if they allow it.</Trans>
          ) : (
            <Trans>In private with the mediator: your side and the mediator. It goes to the other side only if you allow it.</Trans>
          )}
        </li>
        <li>
          {mediates ? (
            <Trans>Among a side's own people: that side alone, without you.</Trans>
          ) : (
            <Trans>Among your own people: your side alone, without the mediator.</Trans>
          )}
        </li>
        <li>
          {operator === null ? (
            <Trans>Whoever runs this site could technically read what is stored on its machine.</Trans>
          ) : (
            <Trans>
              {operator} runs this site. Whoever runs the machine could technically read what is stored on it.
            </Trans>
          )}
        </li>
      </ul>
    </Point>
  );
}
