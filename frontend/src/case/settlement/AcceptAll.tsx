/** Taking up everything one person suggested, one after another, and saying what came of it. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { SuggestionView } from "../../api/types";
import { announce, Banner, Button, ConfirmDialog } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf } from "../people";
import { giveSeveral, type Outcome } from "./several";
import { useChangeWords } from "./SuggestionCard";
import { numberOf, type TextDesk } from "./textDesk";

export function AcceptAll({ desk }: { desk: TextDesk }) {
  const { t } = useLingui();
  const { view, drafting } = desk;
  const [asked, setAsked] = useState<{ name: string; all: readonly SuggestionView[] } | null>(null);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ outcome: Outcome; all: readonly SuggestionView[] } | null>(null);
  const changeWords = useChangeWords(desk);
  const open = drafting.suggestions.filter((one) => one.state === "open");
  const authors = [...new Set(open.filter((one) => mayNow(one, "AcceptSuggestion")).map((one) => one.by))];
  const of = (author: string) => open.filter((one) => one.by === author && mayNow(one, "AcceptSuggestion"));

  const accept = async () => {
    if (asked === null) return;
    setBusy(true);
    const outcome = await giveSeveral(view.case, "suggestion-acceptances", asked.all.map((one) => ({ suggestion: one.suggestion })));
    setBusy(false);
    setAsked(null);
    const { done } = outcome;
    if (outcome.failed.length === 0) announce(t`All ${done} suggestions are in the text.`, { tone: "good" });
    else setTold({ outcome, all: asked.all });
  };

  const count = open.length;
  const whose = asked?.name ?? "";
  const done = told?.outcome.done ?? 0;
  const wanted = told?.all.length ?? 0;
  if (count === 0 && told === null) return null;
  return (
    <div className="accept-all not-in-print">
      {count === 0 ? null : (
        <p className="note">
          <Plural value={count} one="# suggestion is open; it stands under its clause." other="# suggestions are open; each stands under its clause." />
        </p>
      )}
      {authors.map((author) => {
        const all = of(author);
        const name = nameOf(view, author);
        const several = all.length;
        return several < 2 ? null : (
          <Button key={author} small icon="agree" onPress={() => setAsked({ name, all })}>
            <Trans>
              Accept all {several} from {name}
            </Trans>
          </Button>
        );
      })}
      {told === null ? null : (
        <Banner
          tone="warn"
          title={t`${done} of ${wanted} suggestions are in the text now.`}
          actions={
            <Button small kind="quiet" onPress={() => setTold(null)}>
              <Trans>Close</Trans>
            </Button>
          }
        >
          <ul>
            {told.outcome.failed.map((one) => {
              const suggestion = told.all[one.index];
              const number = suggestion === undefined ? null : numberOf(desk, suggestion.clause);
              const what = suggestion === undefined ? "" : changeWords(suggestion);
              return (
                <li key={one.index}>
                  {number === null ? what : t`Clause ${number}, ${what}`}: {one.title} {one.next}
                </li>
              );
            })}
          </ul>
        </Banner>
      )}
      <ConfirmDialog
        title={t`Accept all from ${whose}?`}
        isOpen={asked !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setAsked(null);
        }}
        confirm={t`Accept them`}
        decline={t`Not yet`}
        isPending={busy}
        onConfirm={() => void accept()}
      >
        <p>
          <Trans>They are taken up one after another. Agreement to a clause whose words change lapses. What no longer fits the text stays open, and you are told which.</Trans>
        </p>
        <ul>
          {asked?.all.map((one) => {
            const number = numberOf(desk, one.clause);
            const what = changeWords(one);
            return <li key={one.suggestion}>{number === null ? what : t`Clause ${number}, ${what}`}</li>;
          })}
        </ul>
      </ConfirmDialog>
    </div>
  );
}
