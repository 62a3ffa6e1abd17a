/** A business's own systems are told what became a paper: where, with which secret, and how it went. For its leads. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import type { Account } from "../api/account";
import { deliverAgain, readWebhook, replaceSecret, sendTest, setWebhook, type Delivery, type WebhookView } from "../api/webhooks";
import { Frame } from "../account/Frame";
import { ProblemNote } from "../account/ProblemNote";
import { StaffLinks } from "../account/StaffLinks";
import { useDoing } from "../account/useDoing";
import { Waiting } from "../account/Waiting";
import { useLoaded } from "../live/useLoaded";
import { usePageTitle } from "../router";
import { Time } from "../ui";
import { Banner, Button, Card, Checkbox, EmptyState, Form, Tag, TextField, useSecondsUntil } from "../ui/plain";
import "./admin.css";

export function WebhookPage({ account, organisation }: { account: Account; organisation: string }) {
  const { t } = useLingui();
  usePageTitle(t`Your own systems`);
  const { loaded, again } = useLoaded(useCallback(() => readWebhook(organisation), [organisation]));
  return (
    <Frame actions={<StaffLinks account={account} />}>
      <div className="stack-wide">
        <div className="stack">
          <h1>
            <Trans>Your own systems</Trans>
          </h1>
          <p className="soft">
            <Trans>
              When something becomes a paper of one of your cases, we can tell a system of yours: a step was taken, a text was signed, a
              mediation has ended. It hears that, when, and in which case. It never hears anything that was said.
            </Trans>
          </p>
        </div>
        <Waiting loaded={loaded} again={again}>
          {(hook) => <Hook organisation={organisation} fetched={hook} />}
        </Waiting>
      </div>
    </Frame>
  );
}

function Hook({ organisation, fetched }: { organisation: string; fetched: WebhookView }) {
  const { t } = useLingui();
  const [hook, setHook] = useState(fetched);
  const [url, setUrl] = useState(fetched.url ?? "");
  const [enabled, setEnabled] = useState(fetched.url === null || fetched.enabled);
  const { busy, problem, doIt } = useDoing();
  const ask = (what: () => Promise<WebhookView>) => void doIt(async () => setHook(await what()));
  return (
    <>
      <Card title={<Trans>Where we tell it</Trans>}>
        <Form label={t`Where we tell it`} onSubmit={() => ask(() => setWebhook(organisation, url.trim(), enabled))}>
          <ProblemNote problem={problem} />
          <TextField label={t`Address`} hint={t`Public, and beginning with https://`} value={url} onChange={setUrl} maxLength={500} />
          <Checkbox isSelected={enabled} onChange={setEnabled}>
            <Trans>Tell this system</Trans>
          </Checkbox>
          <div className="row">
            <Button kind="primary" type="submit" isPending={busy}>
              <Trans>Keep this</Trans>
            </Button>
            {hook.url === null || !hook.enabled ? null : (
              <Button onPress={() => ask(() => sendTest(organisation))} isPending={busy}>
                <Trans>Send a test</Trans>
              </Button>
            )}
          </div>
        </Form>
      </Card>
      {hook.url === null ? null : (
        <>
          <Secret hook={hook} onReplace={() => ask(() => replaceSecret(organisation))} isPending={busy} />
          <Log
            deliveries={hook.deliveries}
            isPending={busy}
            onReload={() => ask(() => readWebhook(organisation))}
            onAgain={(delivery) => ask(() => deliverAgain(organisation, delivery))}
          />
        </>
      )}
    </>
  );
}

function Secret({ hook, onReplace, isPending }: { hook: WebhookView; onReplace: () => void; isPending: boolean }) {
  const { secret, former_until: former } = hook;
  const left = useSecondsUntil(former === null ? 0 : Date.parse(former));
  return (
    <Card title={<Trans>The secret</Trans>}>
      {typeof secret === "string" ? (
        <Banner tone="good" title={<Trans>Copy it now: it is shown this once.</Trans>}>
          <code className="secret">{secret}</code>
        </Banner>
      ) : null}
      <p className="note">
        <Trans>
          With it, your system checks that a message is from us (Standard Webhooks, header webhook-signature). Replace it when somebody
          may know it; the one before goes on working for a day.
        </Trans>
      </p>
      {former === null || left === 0 ? null : (
        <p className="note">
          <Trans>
            The one before works until <Time at={former} show="full" />.
          </Trans>
        </p>
      )}
      <div className="row">
        <Button onPress={onReplace} isPending={isPending}>
          <Trans>Replace the secret</Trans>
        </Button>
      </div>
    </Card>
  );
}

interface LogProps {
  deliveries: readonly Delivery[];
  isPending: boolean;
  onReload: () => void;
  onAgain: (delivery: string) => void;
}

function Log({ deliveries, isPending, onReload, onAgain }: LogProps) {
  const { t } = useLingui();
  return (
    <Card title={<Trans>What was sent</Trans>}>
      <div className="row">
        <Button small onPress={onReload} isPending={isPending}>
          <Trans>Look again</Trans>
        </Button>
      </div>
      {deliveries.length === 0 ? (
        <EmptyState icon="letters" title={t`Nothing yet`}>
          <Trans>The newest hundred messages stand here for a month: whether they were taken, and how often we tried.</Trans>
        </EmptyState>
      ) : (
        <ul className="plain-list">
          {deliveries.map((one) => (
            <li key={one.delivery} className="row-apart">
              <div>
                <p className="row">
                  <strong>{one.kind}</strong> <State one={one} />
                </p>
                <p className="note">
                  <Time at={one.at} show="full" />
                </p>
                <HowItWent one={one} />
              </div>
              <Button small kind="quiet" isPending={isPending} onPress={() => onAgain(one.delivery)}>
                <Trans>Send again</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function HowItWent({ one }: { one: Delivery }) {
  const { tries, status, failure } = one;
  if (tries === 0) return null;
  return (
    <p className="note">
      <Trans>Tries: {tries}</Trans>
      {status === null ? null : (
        <>
          {", "}
          <Trans>answered with {status}</Trans>
        </>
      )}
      {failure === null ? null : <> ({failure})</>}
    </p>
  );
}

function State({ one }: { one: Delivery }) {
  if (one.delivered_at !== null) {
    return (
      <Tag tone="good" icon="agree">
        <Trans>Taken</Trans>
      </Tag>
    );
  }
  if (one.failed_at !== null) {
    return (
      <Tag tone="warn" icon="warning">
        <Trans>Given up</Trans>
      </Tag>
    );
  }
  return (
    <Tag icon="waiting">{one.tries === 0 ? <Trans>On its way</Trans> : <Trans>We try again</Trans>}</Tag>
  );
}
