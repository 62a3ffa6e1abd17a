/** What the papers tell of the steps' times, in one line each; null for papers about anything else. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useLocale } from "react-aria-components";
import type { CaseView, Party, Tier } from "../../api/types";
import type { WrittenEntry } from "../../api/wire";
import { tierWord } from "../../text/words";
import { partyName } from "../people";

export function useTimeWords(view: CaseView): (entry: WrittenEntry) => { line: string; text?: string } | null {
  const { t } = useLingui();
  const { locale } = useLocale();
  return (entry) => {
    const told = inTime(entry);
    const due = told !== null && typeof entry.body["due_at"] === "string" ? new Date(entry.body["due_at"]) : null;
    // The portal looks every minute while it runs.
    if (told === null || due === null || new Date(entry.at).getTime() - due.getTime() <= 3_600_000) return told;
    const when = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(due);
    return { ...told, line: `${told.line} ${t`That was due on ${when}, and was done late.`}` };
  };

  function inTime({ kind, body }: WrittenEntry): { line: string; text?: string } | null {
    const name = partyName(view, (body["to"] ?? body["party"]) as Party);
    const days = plural(Number(body["days"] ?? body["days_left"] ?? 0), { one: "# working day", other: "# working days" });
    const until = typeof body["until"] === "string" ? new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(body["until"])) : "";
    switch (kind) {
      case "NoticeServed":
        return { line: t`${name} was asked for an answer.` };
      case "NoticeAnswered":
        return { line: t`${name} answered.` };
      case "Reminded":
        return { line: t`${name} was reminded: ${days} left.` };
      case "TermExpired":
        return { line: body["then"] === "refused" ? t`The time of ${name} for an answer was over. That counts as a no.` : t`A time of ${name} was over.` };
      case "TermExtensionAsked":
        return { line: t`${name} asked for more time: ${days}.` };
      case "TermExtended":
        return { line: t`Both sides agreed on more time: ${days}.` };
      case "ClocksStopped":
        return { line: t`Everything was paused, the times too.` };
      case "ClocksStarted":
        return { line: t`It went on, and the times with it.` };
      case "CaseRested":
        return { line: t`No answer came, and the case rested.` };
      case "CaseWoken":
        return { line: t`The case went on.` };
      case "TierSkipped": {
        const step = tierWord(body["tier"] as Tier);
        return { line: t`A step was passed over, because nobody is responsible there: ${step}.` };
      }
      case "StandstillAsked":
        return { line: t`${name} offered that legal time limits stand still until the end of this day: ${until}.` };
      case "StandstillAgreed":
        return { line: t`Both sides agreed that legal time limits stand still until the end of this day: ${until}.`, text: String(body["text"]) };
      default:
        return null;
    }
  }
}
