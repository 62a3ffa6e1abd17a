/** What we will sign, as seen from the table: whether the settlement is open, and what waits to be written into it. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { EmptyState, LinkButton } from "../../ui";

export function Signing({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const ready = view.statements.filter((one) => one.common && one.kind === "possible-term").length;
  const accepted = view.offers.filter((one) => one.state === "accepted").length;
  const isOpen = view.documents.length > 0;
  return (
    <section className="signing" aria-labelledby="signing">
      <header className="question-head">
        <h2 id="signing">
          <Trans>What we will sign</Trans>
        </h2>
      </header>
      <EmptyState
        icon="papers"
        title={isOpen ? t`The settlement is open to write in` : t`Nothing is written down yet`}
        actions={
          isOpen ? (
            <LinkButton kind="primary" icon="quill" href={links.settlement(view.case)}>
              <Trans>Open the settlement</Trans>
            </LinkButton>
          ) : undefined
        }
      >
        {isOpen ? (
          <p>
            <Trans>Both sides and the mediator write it together. Nothing binds anybody until it is signed.</Trans>
          </p>
        ) : (
          <p>
            <Trans>When there is enough to write down, the mediator opens the settlement here. Nothing said so far binds anybody.</Trans>
          </p>
        )}
        {ready + accepted === 0 ? null : (
          <p>
            <Plural value={ready + accepted} one="# thing you agreed on is ready to be written down." other="# things you agreed on are ready to be written down." />
          </p>
        )}
      </EmptyState>
    </section>
  );
}
