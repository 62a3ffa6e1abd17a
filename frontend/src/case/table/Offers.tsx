/** The ledger of offers: who offered what in answer to which, and where that stands. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { CaseView, OfferView } from "../../api/types";
import { Button, ConfirmDialog, EmptyState, Money, Tag, Time, type IconName } from "../../ui";
import { MakeClause } from "../settlement/MakeClause";
import { LimitNote } from "../limits/LimitNote";
import { mayGive, mayNow } from "../lookup";
import { gapBetween } from "../offers";
import { partyName } from "../people";
import { useAct } from "../useAct";
import { OfferQuote } from "./OfferQuote";

const OfferDialog = lazy(() => import("./OfferDialog").then((part) => ({ default: part.OfferDialog })));

const STATE_ICONS: Readonly<Record<OfferView["state"], IconName>> = {
  open: "waiting",
  accepted: "agree",
  declined: "close",
  withdrawn: "undo",
  countered: "onward",
  lapsed: "close",
};

export function Offers({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const [making, setMaking] = useState<{ answers: OfferView | null } | null>(null);
  const gap = gapBetween(view.offers);
  const may = mayGive(view, "MakeOffer");
  return (
    <section className="offers" aria-labelledby="offers">
      <header className="question-head">
        <h2 id="offers">
          <Trans>Offers</Trans>
        </h2>
        {gap === null ? null : (
          <p className="note">
            {gap.minor === 0 ? (
              <Trans>Both sides now name the same amount.</Trans>
            ) : (
              <Trans>
                The latest amounts are <Money amount={gap} /> apart.
              </Trans>
            )}
          </p>
        )}
      </header>
      {view.offers.length === 0 ? (
        <EmptyState icon="scales" title={t`No offers yet`}>
          <Trans>An offer can be an amount, a deed, or both. Accepting one is not signing: it only says what to write down.</Trans>
        </EmptyState>
      ) : (
        <ol className="ledger">
          {view.offers.map((offer) => (
            <Offer key={offer.offer} view={view} offer={offer} onCounter={() => setMaking({ answers: offer })} />
          ))}
        </ol>
      )}
      {may ? (
        <div>
          <Button icon="add" onPress={() => setMaking({ answers: null })}>
            <Trans>Make an offer</Trans>
          </Button>
        </div>
      ) : null}
      {making === null ? null : (
        <Suspense fallback={null}>
          <OfferDialog view={view} answers={making.answers} onClose={() => setMaking(null)} />
        </Suspense>
      )}
    </section>
  );
}

function useStateWords(): Readonly<Record<OfferView["state"], string>> {
  const { t } = useLingui();
  return {
    open: t`Open`,
    accepted: t`Accepted`,
    declined: t`Declined`,
    withdrawn: t`Withdrawn`,
    countered: t`Answered with another`,
    lapsed: t`Lapsed`,
  };
}

function Offer({ view, offer, onCounter }: { view: CaseView; offer: OfferView; onCounter: () => void }) {
  const { t } = useLingui();
  const words = useStateWords();
  const [asking, setAsking] = useState<"accept" | "decline" | "withdraw" | null>(null);
  const { act, busy } = useAct(view.case);
  const { state } = offer;
  const name = partyName(view, offer.party);
  const number = view.offers.indexOf(offer) + 1;
  const answered = view.offers.findIndex((one) => one.offer === offer.in_answer_to) + 1;
  const room = offer.room === "talks" ? "talks" : "joint";
  const terms = offer.terms;

  const answer = (accepted: boolean) => {
    setAsking(null);
    void act("offer-answers", { room, offer: offer.offer, accepted });
  };

  return (
    <li className="offer" data-party={offer.party} data-state={state} id={`offer-${offer.offer}`}>
      <header className="offer-head">
        <p>
          <strong>{offer.party === view.me.party ? t`Your side` : name}</strong>{" "}
          <span className="note">
            {answered > 0 ? <Trans>offer {number}, in answer to offer {answered}</Trans> : <Trans>offer {number}</Trans>} · <Time at={offer.at} />
          </span>
        </p>
        <Tag icon={STATE_ICONS[state]} tone={state === "accepted" ? "good" : state === "open" ? "warn" : "plain"}>
          {words[state]}
        </Tag>
      </header>
      {offer.amount === null ? null : (
        <p className="offer-amount">
          <Money amount={offer.amount} />
        </p>
      )}
      {terms === "" ? null : <p className="prose">{terms}</p>}
      {state === "accepted" ? <MakeClause view={view} from={`offer:${offer.offer}`} text={terms} amount={offer.amount} /> : null}
      <div className="row">
        {mayNow(offer, "AnswerOffer") ? (
          <>
            <Button small kind="primary" icon="agree" isDisabled={busy} onPress={() => setAsking("accept")}>
              <Trans>Accept</Trans>
            </Button>
            <Button small icon="onward" isDisabled={busy} onPress={onCounter}>
              <Trans>Answer with another offer</Trans>
            </Button>
            <Button small kind="quiet" isDisabled={busy} onPress={() => setAsking("decline")}>
              <Trans>Decline</Trans>
            </Button>
          </>
        ) : null}
        {mayNow(offer, "WithdrawOffer") ? (
          <Button small kind="quiet" icon="undo" isDisabled={busy} onPress={() => setAsking("withdraw")}>
            <Trans>Withdraw</Trans>
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        title={t`Accept this offer?`}
        isOpen={asking === "accept"}
        onOpenChange={(open) => setAsking(open ? "accept" : null)}
        confirm={t`Accept it`}
        decline={t`Not yet`}
        onConfirm={() => answer(true)}
      >
        <OfferQuote view={view} offer={offer} />
        <LimitNote view={view} amounts={offer.amount === null ? [] : [offer.amount]} />
        <p>
          <Trans>Accepting is not signing. It says that this can be written down; nothing binds you until you have read the whole settlement and signed it.</Trans>
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        title={t`Decline this offer?`}
        isOpen={asking === "decline"}
        onOpenChange={(open) => setAsking(open ? "decline" : null)}
        confirm={t`Decline it`}
        decline={t`Not yet`}
        onConfirm={() => answer(false)}
      >
        <OfferQuote view={view} offer={offer} />
        <p>
          <Trans>You need not give a reason. You can make an offer of your own at any time.</Trans>
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        title={t`Withdraw your offer?`}
        isOpen={asking === "withdraw"}
        onOpenChange={(open) => setAsking(open ? "withdraw" : null)}
        confirm={t`Withdraw it`}
        decline={t`Leave it`}
        onConfirm={() => {
          setAsking(null);
          void act("offer-withdrawals", { room, offer: offer.offer });
        }}
      >
        <OfferQuote view={view} offer={offer} />
      </ConfirmDialog>
    </li>
  );
}
