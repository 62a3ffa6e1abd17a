/** "Who wrote this": everybody's words set off by a colour, a line and their initials, as the server saw them come in. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useMemo, useState } from "react";
import { request } from "../../api/client";
import { explainError } from "../../api/explain";
import type { CaseView } from "../../api/types";
import { authorIn, type AuthorLook, type AuthorsTold } from "../../drafting/authorsTold";
import type { TextNow } from "../../drafting/clauses";
import { announce, Button } from "../../ui";

const TONES = 8;
/** While somebody writes, the list of who they are is asked for again at most this often. */
const AGAIN_AFTER_MS = 2_500;

/** "Dr Amara Okafor" signs as AO. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{Lu}/u.test(word) && !/^(?:Dr|Prof|Mr|Mrs|Ms|Frau|Herr)\.?$/u.test(word));
  const signs = words.length === 0 ? [name.slice(0, 2)] : [words[0]?.[0] ?? "", words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""];
  return signs.join("").toLocaleUpperCase();
}

export interface Authors {
  isOn: boolean;
  turn: (on: boolean) => void;
  looks: readonly AuthorLook[];
  lookOf: ((client: number, clock: number, isMine: boolean) => AuthorLook | null) | null;
}

export function useAuthors(view: CaseView, document: string, text: TextNow | null): Authors {
  const [isOn, turn] = useState(false);
  const [told, setTold] = useState<AuthorsTold | null>(null);
  const me = view.me.participant;
  const caseId = view.case;
  const people = JSON.stringify(view.people.map(({ participant, name }) => [participant, name]));
  const looks = useMemo(
    () => (JSON.parse(people) as [string, string][]).map(([participant, name], index): AuthorLook => ({ participant, name, sign: initialsOf(name), tone: (index % TONES) + 1 })),
    [people],
  );
  const node = text?.node;
  const isAsked = isOn && node !== undefined;
  useEffect(() => {
    if (!isAsked) return;
    let gone = false;
    const ask = () =>
      request<AuthorsTold>("GET", `/api/cases/${caseId}/documents/${document}/authors`).then(
        (answer) => {
          if (!gone) setTold((now) => (JSON.stringify(now) === JSON.stringify(answer) ? now : answer));
        },
        (error: unknown) => {
          if (gone) return;
          const { title, next } = explainError(error);
          announce(`${title} ${next}`, { tone: "bad" });
          turn(false);
        },
      );
    // Whoever has just begun to write is not on the list that was asked for before.
    const wait = setTimeout(() => void ask(), told === null ? 0 : AGAIN_AFTER_MS);
    return () => {
      gone = true;
      clearTimeout(wait);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked again when the text changes, not when the answer comes
  }, [isAsked, node, caseId, document]);

  const lookOf = useCallback(
    (client: number, clock: number, isMine: boolean) => {
      if (told === null) return null;
      const by = authorIn(told, client, clock) ?? (isMine ? me : null);
      return looks.find((one) => one.participant === by) ?? null;
    },
    [told, looks, me],
  );
  return { isOn, turn, looks, lookOf: isOn && told !== null ? lookOf : null };
}

export function AuthorsSwitch({ authors }: { authors: Authors }) {
  return (
    <Button small kind="quiet" icon="look" aria-pressed={authors.isOn} onPress={() => authors.turn(!authors.isOn)}>
      {authors.isOn ? <Trans>Do not show who wrote what</Trans> : <Trans>Who wrote this</Trans>}
    </Button>
  );
}

export function AuthorsLegend({ authors }: { authors: Authors }) {
  const { t } = useLingui();
  if (!authors.isOn) return null;
  return (
    <section className="authors-legend" aria-label={t`Who wrote what`}>
      <ul>
        {authors.looks.map((one) => (
          <li key={one.participant}>
            <span className={`author-sign author-${one.tone}`}>{one.sign}</span> <span className={`author author-${one.tone}`}>{one.name}</span>
          </li>
        ))}
      </ul>
      <p className="note">
        <Trans>The portal notes over whose connection words came in; nobody can write under another name. What has no colour was there when this text began. A suggestion that was taken up is its author's.</Trans>
      </p>
    </section>
  );
}
