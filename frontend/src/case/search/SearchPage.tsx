/** Looking for words in every room one is in, and nowhere else. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Link as AriaLink } from "react-aria-components";
import { explainError } from "../../api/explain";
import { searchCase, type Found, type Hit } from "../../api/search";
import type { CaseView } from "../../api/types";
import { onFarewell } from "../../live/useAccount";
import { usePageTitle } from "../../router";
import { EmptyState, Form, Icon, Skeleton, TextField, Time } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";
import { roomLook } from "../rooms";
import { useRoomWords } from "../useRoomWords";
import { byRoom, matchesIn, placeOf } from "./results";
import "./search.css";

/** After the last key, in ms. */
const SETTLED_AFTER_MS = 300;
const SHORTEST = 2;

type State = { is: "nothing" } | { is: "looking" } | { is: "found"; found: Found; words: string } | { is: "refused"; problem: ReturnType<typeof explainError> };

function useSearch(caseId: string, words: string): State {
  const [state, setState] = useState<State>({ is: "nothing" });
  useEffect(() => {
    const sought = words.trim();
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        if (sought.length < SHORTEST) {
          setState({ is: "nothing" });
          return;
        }
        setState((before) => (before.is === "found" ? before : { is: "looking" }));
        searchCase(caseId, sought, stop.signal)
          .then((found) => setState({ is: "found", found, words: sought }))
          .catch((error: unknown) => {
            if (!stop.signal.aborted) setState({ is: "refused", problem: explainError(error) });
          });
      },
      sought === "" ? 0 : SETTLED_AFTER_MS,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [caseId, words]);
  return state;
}

// Going to a hit and back must not lose what was sought; the next person at this screen must not find it.
const sought = new Map<string, string>();
onFarewell(() => sought.clear());

export function SearchPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Search`);
  const [words, setWords] = useState(() => sought.get(view.case) ?? "");
  const state = useSearch(view.case, words);
  return (
    <div className="stack-wide measure centred">
      <div className="stack">
        <h1>
          <Trans>Search in this case</Trans>
        </h1>
        <Form label={t`Search in this case`} onSubmit={() => undefined}>
          <TextField
            label={t`Words to look for`}
            hint={t`Looks in all the rooms you are in, and in the names of files.`}
            type="search"
            value={words}
            onChange={(next) => {
              sought.set(view.case, next);
              setWords(next);
            }}
            maxLength={200}
            autoFocus
          />
        </Form>
      </div>
      {state.is === "looking" ? <Skeleton label={t`Looking`} lines={5} /> : null}
      {state.is === "refused" ? <ProblemNote problem={state.problem} /> : null}
      {state.is === "found" ? <Results view={view} found={state.found} words={state.words} /> : null}
    </div>
  );
}

function Results({ view, found, words }: { view: CaseView; found: Found; words: string }) {
  const { t } = useLingui();
  const wordsOf = useRoomWords(view);
  const rooms = byRoom(view, found.hits);
  if (rooms.length === 0) {
    return (
      <div role="status">
        <EmptyState level={2} icon="search" title={t`Nothing was found.`}>
          <Trans>Try a single word, or a part of it.</Trans>
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="stack-wide" role="status" aria-live="polite">
      {rooms.map(({ room, hits }) => {
        const { accent, icon } = roomLook(room, view.me.party);
        return (
          <section key={room} className="stack-tight" data-accent={accent} aria-label={wordsOf(room).name}>
            <h2 className="found-room">
              <Icon name={icon} size={20} /> {wordsOf(room).name}
            </h2>
            <ul className="plain-list found">
              {hits.map((hit) => (
                <li key={`${hit.seq ?? ""} ${hit.file ?? ""} ${hit.kind}`}>
                  <OneFound view={view} hit={hit} words={words} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {found.more ? (
        <p className="note">
          <Trans>There is more than this. Add a word to find less.</Trans>
        </p>
      ) : null}
    </div>
  );
}

function OneFound({ view, hit, words }: { view: CaseView; hit: Hit; words: string }) {
  const { t } = useLingui();
  const who = hit.who === view.me.participant ? t`You` : nameOf(view, hit.who);
  return (
    <AriaLink className="found-one" href={placeOf(view, hit)}>
      <span className="note">
        {hit.file === null ? null : <Icon name="attach" size={15} />} {who === "" ? null : <strong>{who}</strong>} <Time at={hit.at} />
      </span>
      <span className="found-text">
        {matchesIn(hit.text, words).map((piece, index) => (piece.isMatch ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>))}
      </span>
    </AriaLink>
  );
}
