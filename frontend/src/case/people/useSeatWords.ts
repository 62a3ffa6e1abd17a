/** Each seat in plain words: who that is, and what they will be able to do. */
import { useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { roleWord } from "../../text/words";
import { partyName } from "../people";
import type { Seat } from "./seats";

export interface SeatWords {
  label: string;
  hint: string;
  /** Asked for beside the name; "" when nothing is. */
  titleLabel: string;
}

export function useSeatWords(view: CaseView): (seat: Seat) => SeatWords {
  const { t } = useLingui();
  return (seat) => {
    const side = seat.party === null ? "" : partyName(view, seat.party);
    switch (seat.kind) {
      case "first":
        return { label: roleWord(seat.role), hint: view.me.party === null ? side : t`The other side: ${side}.`, titleLabel: "" };
      case "counsel":
        return { label: t`Lawyer or adviser`, hint: t`Reads and writes with your side. Agrees to something only if your side says so.`, titleLabel: "" };
      case "companion":
        return { label: t`Companion`, hint: t`Somebody you trust: family, a friend, a colleague.`, titleLabel: t`What they are to you, if you like` };
      case "interpreter":
        return { label: t`Interpreter`, hint: t`Sits with your side and translates for you.`, titleLabel: "" };
      case "colleague":
        return seat.party === "business"
          ? { label: t`Colleague`, hint: t`Speaks for the business as you do.`, titleLabel: t`Their position, if you like` }
          : { label: t`Somebody who decides with you`, hint: t`Can speak, agree and sign for your side as you can.`, titleLabel: "" };
      case "manager":
        return { label: t`Somebody from management`, hint: t`Can decide for the business.`, titleLabel: t`Their position, if you like` };
      case "mediator":
        return { label: roleWord("mediator"), hint: t`Takes no side. Both sides have to accept them first.`, titleLabel: "" };
      case "legal":
        return { label: roleWord("legal"), hint: t`Reads the papers alone, and nothing of what is said.`, titleLabel: "" };
    }
  };
}
