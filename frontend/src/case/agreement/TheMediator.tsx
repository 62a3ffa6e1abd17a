import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { useCommand } from "../../live/useCommand";
import { useDraft } from "../../live/useDraft";
import { Banner, Button, Card, EmptyState, Form, LinkButton, Tag, TextArea } from "../../ui";
import { AnotherMediator } from "../help/AnotherMediator";
import { partyName } from "../people";
import { EarlierCases } from "./EarlierCases";

/** Who mediates, what ties they have told of, and whether each side accepts them. */
export function TheMediator({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [refusing, setRefusing] = useState(false);
  const { mediator } = view;
  if (mediator === null) {
    return (
      <Card title={<Trans>The mediator</Trans>}>
        <EmptyState
          icon="scales"
          title={t`There is no mediator yet`}
          actions={
            <LinkButton icon="people" href={links.people(view.case)}>
              <Trans>See who is here</Trans>
            </LinkButton>
          }
        >
          <Trans>Either side may invite one. A mediator takes no side and decides nothing.</Trans>
        </EmptyState>
      </Card>
    );
  }
  const may = (action: string) => view.allowed_actions.includes(action);
  return (
    <Card
      title={<Trans>The mediator</Trans>}
      actions={
        <span className="row">
          {mediator.accepted_by.map((party) => (
            <Tag key={party} icon="agree" tone="good">
              <AcceptedBy name={partyName(view, party)} />
            </Tag>
          ))}
        </span>
      }
    >
      <p className="lead">{mediator.name}</p>
      <EarlierCases view={view} />
      {mediator.disclosure === null ? (
        <p className="soft">
          <Trans>The mediator has not yet said whether there are ties to either side.</Trans>
        </p>
      ) : (
        <figure className="stack-tight">
          <figcaption className="note">
            <Trans>About ties to either side, the mediator says:</Trans>
          </figcaption>
          <blockquote className="prose quote">{mediator.disclosure}</blockquote>
        </figure>
      )}
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      {may("AcceptMediator") || may("RefuseMediator") ? (
        <div className="row">
          {may("AcceptMediator") ? (
            <Button kind="primary" icon="agree" isPending={status !== "idle"} onPress={() => void give("mediator-acceptances", { disclosure_sha256: mediator.disclosure_sha256 })}>
              <Trans>Our side accepts this mediator</Trans>
            </Button>
          ) : null}
          {may("RefuseMediator") ? (
            <Button icon="scales" onPress={() => setRefusing(true)}>
              <Trans>Another mediator</Trans>
            </Button>
          ) : null}
        </div>
      ) : null}
      {may("Disclose") ? <Disclosure view={view} /> : null}
      {refusing ? <AnotherMediator view={view} isOpen onOpenChange={setRefusing} /> : null}
    </Card>
  );
}

function AcceptedBy({ name }: { name: string }) {
  return <Trans>{name} accepts</Trans>;
}

/** The mediator's own form; may be used again whenever something changes. */
function Disclosure({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const [text, setText] = useDraft(view.case, "papers", "disclosure");
  const [tried, setTried] = useState(false);
  async function submit() {
    setTried(true);
    if (text.trim() === "") return;
    if ((await give("disclosures", { text: text.trim() })) === null) return;
    setText("");
    setTried(false);
  }
  return (
    <Form label={t`Your ties to either side`} onSubmit={() => void submit()}>
      <TextArea
        label={t`Your ties to either side`}
        hint={t`Family, work, money, earlier cases. If there are none, say so. Everyone on the case reads it, and it stays in the papers.`}
        value={text}
        onChange={setText}
        maxLength={4000}
        fault={tried && text.trim() === "" ? t`Say what ties there are, or that there are none.` : null}
      />
      {problem === null ? null : (
        <Banner tone="bad" urgent title={problem.title}>
          {problem.next}
        </Banner>
      )}
      <div className="row">
        <Button kind={view.mediator?.disclosure === null ? "primary" : "plain"} type="submit" isPending={status !== "idle"}>
          {view.mediator?.disclosure === null ? <Trans>Tell everyone</Trans> : <Trans>Add to what I said</Trans>}
        </Button>
      </div>
    </Form>
  );
}
