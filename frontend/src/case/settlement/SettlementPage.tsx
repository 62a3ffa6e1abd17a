/** What we will sign: the shared text, and beside it what is ready to be written down. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { usePageTitle } from "../../router";
import { EmptyState, LinkButton } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { Workspace } from "../Workspace";
import { KnownClauses } from "./Means";
import { PrivateDraftCard } from "./PrivateDraftCard";
import { TheText } from "./TheText";
import "./settlement.css";

export function SettlementPage({ view, live }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Settlement`);
  const document = view.documents[0];
  return (
    <Workspace view={view} live={live}>
      <div className="settlement">
        <header className="settlement-head">
          <h1>
            <Trans>The settlement</Trans>
          </h1>
          <p className="soft">
            {view.ending === null ? (
              <Trans>You write this together. It binds nobody until it is signed.</Trans>
            ) : (
              <Trans>The mediation has ended. The text stays as it is.</Trans>
            )}
          </p>
        </header>
        {document === undefined || view.drafting === null ? (
          <NotOpen view={view} />
        ) : (
          <KnownClauses caseId={view.case} language={view.drafting.language}>
            <TheText key={document.name} view={view} drafting={view.drafting} name={document.name} canEdit={document.can_edit} />
          </KnownClauses>
        )}
        <PrivateDraftCard view={view} />
      </div>
    </Workspace>
  );
}

function NotOpen({ view }: { view: CaseView }) {
  const { t } = useLingui();
  return (
    <EmptyState
      level={2}
      icon="papers"
      title={t`The settlement is not open yet`}
      actions={
        <LinkButton href={links.table(view.case)}>
          <Trans>Go to the table</Trans>
        </LinkButton>
      }
    >
      <Trans>When there is enough to write down, the mediator opens it here for both sides. Nothing said so far binds anybody.</Trans>
    </EmptyState>
  );
}
