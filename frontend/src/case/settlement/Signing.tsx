/** What we will sign, as seen from the table: whether the settlement is open, and what waits to be written into it. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { CaseView, SigningView } from "../../api/types";
import { links } from "../../links";
import { EmptyState, LinkButton } from "../../ui";

export function Signing({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const ready = view.statements.filter((one) => one.common && one.kind === "possible-term").length;
  const accepted = view.offers.filter((one) => one.state === "accepted").length;
  const isOpen = view.documents.length > 0;
  const { signing } = view;
  if (signing !== null) return <Frozen view={view} signing={signing} />;
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

/** Nothing is written any more: what is left is to sign, to wait, or to carry the settlement away. */
function Frozen({ view, signing }: { view: CaseView; signing: SigningView }) {
  const { t } = useLingui();
  const isInEffect = signing.effective_at !== null;
  const given = signing.signatures.length;
  return (
    <section className="signing" aria-labelledby="signing">
      <header className="question-head">
        <h2 id="signing">
          <Trans>What we will sign</Trans>
        </h2>
      </header>
      <EmptyState
        icon="papers"
        title={isInEffect ? t`The settlement is in effect` : t`The settlement is ready to be signed`}
        actions={
          <LinkButton kind="primary" icon="quill" href={links.settlement(view.case)}>
            {isInEffect ? <Trans>Read the settlement</Trans> : <Trans>Read it and sign</Trans>}
          </LinkButton>
        }
      >
        {isInEffect ? null : (
          <p>
            <Plural value={given} _0="Nobody has signed yet." one="One side has signed." other="Both sides have signed; it is not yet in effect." />
          </p>
        )}
      </EmptyState>
    </section>
  );
}
