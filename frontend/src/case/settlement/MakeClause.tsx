/** From what both agree on to a clause of the settlement, in one gesture; the tie to where it came from stays. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView, Money } from "../../api/types";
import type { ClauseSource } from "../../drafting/schema";
import { links } from "../../links";
import { navigate } from "../../router";
import { Button, formatAmount } from "../../ui";
import { wishForClause } from "./clauseWish";

/** The words a clause begins with: terms as they were agreed, the amount first. */
export function useClauseText(): (text: string, amount?: Money | null) => string {
  const { t, i18n } = useLingui();
  return (text, amount = null) => {
    const terms = text.trim();
    if (amount === null) return terms;
    const sum = formatAmount(amount, i18n.locale);
    return terms === "" ? t`Payment of ${sum}.` : t`Payment of ${sum}: ${terms}`;
  };
}

export function MakeClause({ view, from, text, amount = null }: { view: CaseView; from: ClauseSource; text: string; amount?: Money | null }) {
  const textOf = useClauseText();
  const document = view.documents[0];
  if (document === undefined || !document.can_edit) return null;
  return (
    <div>
      <Button
        small
        icon="clause"
        onPress={() => {
          wishForClause(view.case, { from, text: textOf(text, amount) });
          navigate(links.settlement(view.case));
        }}
      >
        <Trans>Make this a clause</Trans>
      </Button>
    </div>
  );
}
