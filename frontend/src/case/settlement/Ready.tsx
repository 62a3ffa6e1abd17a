/** What both sides agree to and is not written down yet, one press from being a clause. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import type { ClauseInfo } from "../../drafting/clauses";
import type { ClauseSource } from "../../drafting/schema";
import { Button, Card, Icon, Money } from "../../ui";
import type { Source } from "./sources";

interface ReadyProps {
  view: CaseView;
  ready: readonly Source[];
  written: ReadonlyMap<ClauseSource, ClauseInfo>;
  canWrite: boolean;
  onWrite: (source: Source) => void;
  onShow: (clause: string) => void;
}

export function Ready({ ready, written, canWrite, onWrite, onShow }: ReadyProps) {
  const { t } = useLingui();
  const open = ready.filter((one) => !written.has(one.from)).length;
  return (
    <Card title={open === 0 ? t`All that you agreed is written down` : t`Agreed, and not written down yet`} accent="moss">
      <ul className="plain-list">
        {ready.map((source) => {
          const clause = written.get(source.from);
          const number = clause?.number ?? 0;
          return (
            <li key={source.from} className="ready">
              <p className="prose">
                {source.amount === null ? null : (
                  <strong>
                    <Money amount={source.amount} />
                    {source.text === "" ? "" : ", "}
                  </strong>
                )}
                {source.text}
              </p>
              {clause === undefined ? (
                canWrite ? (
                  <Button small icon="clause" onPress={() => onWrite(source)}>
                    <Trans>Make this a clause</Trans>
                  </Button>
                ) : null
              ) : (
                <Button small kind="quiet" onPress={() => onShow(clause.id)}>
                  <span className="ready-written">
                    <Icon name="agree" size={16} /> <Trans>Clause {number}</Trans>
                  </span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
