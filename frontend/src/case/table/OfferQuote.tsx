import { Trans } from "@lingui/react/macro";
import type { CaseView, OfferView } from "../../api/types";
import { Money } from "../../ui";
import { partyName } from "../people";

/** What a side offers, as it was written. */
export function OfferQuote({ view, offer }: { view: CaseView; offer: OfferView }) {
  const name = partyName(view, offer.party);
  return (
    <blockquote className="quote">
      <p className="note">
        <Trans>{name} offers</Trans>
      </p>
      {offer.amount === null ? null : (
        <p className="offer-amount">
          <Money amount={offer.amount} />
        </p>
      )}
      {offer.terms}
    </blockquote>
  );
}
