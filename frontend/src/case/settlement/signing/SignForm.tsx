/** Signing: what it means, who signs in which capacity, and then the proof that it is them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { explainError } from "../../../api/explain";
import { Intention } from "../../../api/intention";
import { sign, type SignFields } from "../../../api/signing";
import type { CaseView, Money, SigningView } from "../../../api/types";
import type { Explanation } from "../../../text/problems";
import { announce, Card, Checkbox, Choices, Form, TextField } from "../../../ui";
import { LimitNote } from "../../limits/LimitNote";
import { partyName, personOf } from "../../people";
import { ProblemNote } from "../../ProblemNote";
import { Prove, type Proof } from "./Prove";
import { gapsIn, signsForAnother, type Filled, type Gap } from "./steps";

const LONGEST_AUTHORITY = 200;

/** What the side has said already: whom it named as able to agree, and as what. */
function useAuthority(view: CaseView): string {
  const { t } = useLingui();
  const side = view.parties.find((one) => one.party === view.me.party);
  const title = personOf(view, view.me.participant)?.title ?? "";
  if (side === undefined || side.can_agree?.includes(view.me.participant) !== true) return title;
  const name = side.name;
  const words = title === "" ? t`Named by ${name} as able to agree for it` : t`${title}, named by ${name} as able to agree for it`;
  return words.length <= LONGEST_AUTHORITY ? words : title;
}

function useFilled(view: CaseView) {
  const side = view.parties.find((one) => one.party === view.me.party);
  const authority = useAuthority(view);
  return useState<Filled>(() => ({
    name: view.me.name,
    capacity: side?.capacity === "consumer" ? "consumer" : side?.capacity === "business" ? "business" : null,
    place: side?.place ?? "",
    authority,
    hasRead: false,
    consents: false,
  }));
}

export function SignForm({ view, signing, amounts }: { view: CaseView; signing: SigningView; amounts: readonly Money[] }) {
  const { t } = useLingui();
  const side = view.me.party === null ? "" : partyName(view, view.me.party);
  const [filled, setFilled] = useFilled(view);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Explanation | null>(null);
  const [intention] = useState(() => new Intention());
  const gaps = gapsIn(filled, side);
  const isReady = gaps.length === 0;
  const isForAnother = signsForAnother(filled.name, side);
  const put = (change: Partial<Filled>) => setFilled((now) => ({ ...now, ...change }));
  const fault = (gap: Gap, words: string) => (tried && gaps.includes(gap) ? words : null);

  async function onProof(proof: Proof) {
    setTried(true);
    if (!isReady || filled.capacity === null) return;
    setProblem(null);
    const fields: SignFields = {
      text_hash: signing.text_hash,
      name: filled.name.trim(),
      capacity: filled.capacity,
      place: filled.place.trim(),
      authority: isForAnother ? filled.authority.trim() : "",
      consent: true,
      ...proof,
    };
    try {
      await sign(view.case, intention.idFor(view.case, fields), fields);
      intention.done();
      announce(t`You have signed.`, { tone: "good" });
    } catch (error) {
      intention.failed(error);
      setProblem(explainError(error));
    }
  }

  return (
    <Card title={<Trans>Sign</Trans>} accent="moss">
      <WhatItMeans signing={signing} />
      <LimitNote view={view} amounts={amounts} />
      <Form label={t`Sign`} onSubmit={() => setTried(true)}>
        <TextField label={t`Your name`} autoComplete="name" maxLength={200} value={filled.name} onChange={(name) => put({ name })} fault={fault("name", t`Write your name.`)} />
        <Choices
          label={t`You sign`}
          choices={[
            { value: "consumer", label: t`As a consumer`, hint: t`For yourself, not for a trade or a firm.` },
            { value: "business", label: t`As a business`, hint: t`For your firm, or for one that you speak for.` },
          ]}
          value={filled.capacity}
          onChange={(capacity) => put({ capacity })}
          fault={fault("capacity", t`Choose one of the two.`)}
        />
        <TextField
          label={t`Place`}
          hint={t`Where you live or have your business.`}
          maxLength={200}
          value={filled.place}
          onChange={(place) => put({ place })}
          fault={fault("place", t`Write the place.`)}
        />
        {isForAnother ? (
          <TextField
            label={t`What lets you sign for ${side}`}
            hint={t`Such as: owner, managing director, power of attorney of a certain day.`}
            maxLength={LONGEST_AUTHORITY}
            value={filled.authority}
            onChange={(authority) => put({ authority })}
            fault={fault("authority", t`You sign for somebody else: say what lets you.`)}
          />
        ) : null}
        <div className="stack">
          <Checkbox isSelected={filled.hasRead} onChange={(hasRead) => put({ hasRead })}>
            <Trans>I have read the text above to its end.</Trans>
          </Checkbox>
          <Checkbox isSelected={filled.consents} onChange={(consents) => put({ consents })}>
            <Trans>I want to sign it electronically, here, with my name.</Trans>
          </Checkbox>
          {tried && (gaps.includes("hasRead") || gaps.includes("consents")) ? (
            <p className="field-fault">
              <Trans>Without both of these, nothing is signed.</Trans>
            </p>
          ) : null}
        </div>
      </Form>
      <hr />
      <Prove caseId={view.case} isReady={isReady} onNotReady={() => setTried(true)} onProof={onProof} />
      <ProblemNote problem={problem} />
    </Card>
  );
}

function WhatItMeans({ signing }: { signing: SigningView }) {
  const days = signing.days_to_withdraw;
  return (
    <ul className="plain-words">
      <li>
        <Trans>You need not sign. Nobody asks why, and no paper says who did not.</Trans>
      </li>
      <li>
        <Trans>With your signature you promise to do what the text says. Once both sides have signed and it takes effect, it binds both like any contract.</Trans>
      </li>
      {days === 0 || signing.waived ? null : (
        <li>
          <Trans>A consumer without a lawyer may withdraw for {days} working days after signing. Until then it binds nobody.</Trans>
        </li>
      )}
      <li>
        <Trans>
          It is a simple electronic signature: your name, your press of the button, and a check that it is you. For what the law wants on
          paper or before a notary it is not enough; a lawyer can tell you.
        </Trans>
      </li>
      <li>
        <Trans>Recorded, for both sides to see: your name, what you sign as and where, the time, how you were identified, and exactly which text.</Trans>
      </li>
    </ul>
  );
}
