/** Under the text: what is to be paid and by when, clause by clause, and what looks like it and is not marked yet. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "react-aria-components";
import { formatDay } from "../../drafting/days";
import { type Promised, type PromisedValue, promisesOf } from "../../drafting/promises";
import { announce, Button, Card, formatAmount, Icon } from "../../ui";
import type { TextDesk } from "./textDesk";

export function Promises({ desk }: { desk: TextDesk }) {
  const { t } = useLingui();
  const { locale } = useLocale();
  const { handle, canEdit } = desk;
  const clauses = desk.clauses.map(({ id, number, node }) => ({ id, number, all: promisesOf(node) }));
  const marked = clauses.filter((one) => one.all.some((promised) => promised.isMarked));
  const likely = canEdit ? clauses.flatMap(({ id, number, all }) => all.filter((one) => !one.isMarked).map((one) => ({ id, number, one }))) : [];
  if (marked.length === 0 && likely.length === 0) return null;
  const written = (value: PromisedValue) => (value.kind === "amount" ? formatAmount(value.amount, locale) : formatDay(value.on, locale));
  const mark = (id: string, promised: Promised, value: PromisedValue) => {
    if (handle?.mark(id, promised, value) !== true) announce(t`These words have changed meanwhile; look again.`);
  };
  return (
    <Card title={t`What is to be paid and by when`}>
      {marked.length === 0 ? null : (
        <ul className="plain-list">
          {marked.map(({ id, number, all }) => (
            <li key={id} className="promised">
              <Button small kind="quiet" onPress={() => handle?.goBeside(id)}>
                <Trans>Clause {number}</Trans>
              </Button>
              <ul className="promised-values">
                {all
                  .filter((one) => one.isMarked)
                  .map((one) => (
                    <li key={one.from}>
                      <strong>{written(one.value)}</strong>
                      {one.says === null ? null : <Differs says={written(one.says)} onMark={canEdit ? () => mark(id, one, one.says ?? one.value) : null} />}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
      {likely.length === 0 ? null : (
        <>
          <p className="note">
            <Trans>These look like an amount or a date. Marked, they are listed here for everyone.</Trans>
          </p>
          <ul className="plain-list">
            {likely.map(({ id, number, one }) => {
              const value = written(one.value);
              const { words } = one;
              return (
                <li key={`${id} ${one.from}`} className="promised">
                  <span>
                    <Trans>
                      “{words}” in clause {number}
                    </Trans>
                  </span>
                  <Button small onPress={() => mark(id, one, one.value)}>
                    {one.value.kind === "amount" ? <Trans>Mark as the amount {value}</Trans> : <Trans>Mark as the date {value}</Trans>}
                  </Button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Card>
  );
}

/** Somebody wrote another figure into a marked one: it is the words that are signed. */
function Differs({ says, onMark }: { says: string; onMark: (() => void) | null }) {
  return (
    <span className="promised-differs">
      <Icon name="warning" size={18} /> <Trans>The words say {says}; the words count.</Trans>
      {onMark === null ? null : (
        <Button small kind="quiet" onPress={onMark}>
          <Trans>Mark as {says}</Trans>
        </Button>
      )}
    </span>
  );
}
