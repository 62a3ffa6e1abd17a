/** Beside an act, for whoever is about to do it: what their side settled, and that this goes beyond it. It stops nobody. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "react-aria-components";
import type { CaseView, LimitView, Money } from "../../api/types";
import { Banner, formatAmount, useNow } from "../../ui";
import { nameOf } from "../people";
import { endSpelled } from "../meetings/times";
import { beyond } from "./beyond";

export type Settled = Pick<LimitView, "meaning" | "amount" | "terms" | "until">;

/** What is settled, in one line: "up to €5,000, until Friday". */
export function useLimitWords(): (limit: Settled) => string {
  const { t } = useLingui();
  const { locale } = useLocale();
  return (limit) => {
    const amount = limit.amount === null ? "" : formatAmount(limit.amount, locale);
    const until = limit.until === null ? "" : endSpelled(limit.until, locale);
    const sum = amount === "" ? "" : limit.meaning === "at-most" ? t`up to ${amount}` : t`no less than ${amount}`;
    return [sum, limit.terms, until === "" ? "" : t`until ${until}`].filter((part) => part !== "").join(" · ");
  };
}

export function LimitNote({ view, amounts }: { view: CaseView; amounts: readonly Money[] }) {
  const now = useNow();
  const words = useLimitWords();
  const { limit } = view;
  if (limit === null) return null;
  const found = beyond(limit, amounts, now);
  if (found === "within") return null;
  const settled = words(limit);
  const name = nameOf(view, limit.by);
  return (
    <Banner tone={found === "read" ? "notice" : "warn"} icon="lock" title={<Title found={found} name={name} isMine={limit.by === view.me.participant} />}>
      <p>{settled}</p>
      <p className="note">
        {found === "ended" ? <Trans>Ask again, or go on: nothing here holds you back.</Trans> : <Trans>You can go on. Only your own side sees this.</Trans>}
      </p>
    </Banner>
  );
}

function Title({ found, name, isMine }: { found: ReturnType<typeof beyond>; name: string; isMine: boolean }) {
  if (found === "ended") return <Trans>What your side had settled for you is over</Trans>;
  if (found === "other-currency") return <Trans>Another currency than your side settled</Trans>;
  if (found === "read") return <Trans>What your side settled</Trans>;
  if (isMine || name === "") return <Trans>Beyond what you settled for your side</Trans>;
  return <Trans>Beyond what {name} settled with you</Trans>;
}
