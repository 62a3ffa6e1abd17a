/** The pack as its reader will meet it, part by part. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Pack } from "../../api/referral";
import { roleWord, tierWord } from "../../text/words";
import { Money, Time } from "../../ui";
import { sizeWords } from "../files/files";
import { fieldWord } from "./referralWords";
import { Line, Terms } from "./Terms";

export function PackPreview({ pack }: { pack: Pack }) {
  return (
    <div className="stack-wide">
      <section className="stack-tight">
        <h3>{pack.title}</h3>
        <Terms text={pack} />
      </section>
      <Sides pack={pack} />
      <section className="stack-tight">
        <h3>
          <Trans>The dispute</Trans>
        </h3>
        <dl className="referral-terms">
          <Line name={fieldWord("relied-on")}>{pack.relied_on}</Line>
          <Line name={fieldWord("description")}>{pack.description}</Line>
          <Line name={fieldWord("claim")}>{pack.claim}</Line>
          <Line name={fieldWord("value")}>{pack.value === null ? null : <Money amount={pack.value} />}</Line>
          <Line name={fieldWord("relief")}>{pack.relief}</Line>
          <Line name={fieldWord("procedure")}>{pack.procedure}</Line>
        </dl>
      </section>
      <Tried pack={pack} />
      <Files pack={pack} />
    </div>
  );
}

function Sides({ pack }: { pack: Pack }) {
  const agreed = (party: string) => pack.agreed.find((one) => one.party === party);
  return (
    <>
      {pack.parties.map((one) => {
        const assent = agreed(one.party);
        return (
          <section key={one.party} className="stack-tight">
            <h3>{one.name}</h3>
            <dl className="referral-terms">
              <Line name={<Trans>Takes part as</Trans>}>{one.capacity === "consumer" ? <Trans>a consumer</Trans> : <Trans>a business</Trans>}</Line>
              <Line name={<Trans>Place</Trans>}>{one.place}</Line>
              <Line name={<Trans>Reached at</Trans>}>{one.contact}</Line>
              <Line name={<Trans>Represented by</Trans>}>
                {one.people.map((person) => [person.name, person.title, roleWord(person.role)].filter((part) => part !== "").join(", ")).join("\n")}
              </Line>
              {assent === undefined ? null : (
                <Line name={<Trans>Agreed to these terms</Trans>}>
                  <Time at={assent.at} show="full" />
                </Line>
              )}
            </dl>
          </section>
        );
      })}
    </>
  );
}

function Tried({ pack }: { pack: Pack }) {
  const { mediation } = pack;
  const mediator = mediation?.mediator ?? "";
  return (
    <section className="stack-tight">
      <h3>
        <Trans>What was tried before</Trans>
      </h3>
      <dl className="referral-terms">
        {pack.steps.map((step) => (
          <Line key={step.step} name={tierWord(step.step)}>
            {step.how === "taken" && step.at !== null ? <Time at={step.at} show="full" /> : <Trans>passed over</Trans>}
          </Line>
        ))}
        {mediation === null ? null : (
          <Line name={<Trans>A mediation took place</Trans>}>
            <Time at={mediation.began_at} show="full" />
            {mediation.ended_at === null ? null : (
              <>
                {" – "}
                <Time at={mediation.ended_at} show="full" />
              </>
            )}
            {". "}
            <Trans>Mediator: {mediator}</Trans>
          </Line>
        )}
        {pack.sessions.map((one, index) => {
          const number = index + 1;
          return (
            <Line key={one.opened_at} name={<Trans>Session {number}</Trans>}>
              <Time at={one.opened_at} show="full" />
              {one.attended.length === 0 ? null : `: ${one.attended.join(", ")}`}
            </Line>
          );
        })}
        {(pack.meetings ?? []).map((one, index) => {
          const number = index + 1;
          return (
            <Line key={one.starts_at} name={<Trans>Meeting {number}</Trans>}>
              {tierWord(one.step)}: <Time at={one.starts_at} show="full" />
              {`: ${one.attended.join(", ")}`}
            </Line>
          );
        })}
      </dl>
    </section>
  );
}

function Files({ pack }: { pack: Pack }) {
  const { i18n } = useLingui();
  if (pack.exhibits.length === 0) return null;
  return (
    <section className="stack-tight">
      <h3>
        <Trans>Files that go with it</Trans>
      </h3>
      <ol className="referral-gaps">
        {pack.exhibits.map((one) => (
          <li key={one.number}>
            {one.name} <span className="note">({sizeWords(one.size, i18n.locale)})</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
