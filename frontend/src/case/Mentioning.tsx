/** Writing somebody's name so that they are called: @ and the list of those who hear it; and how such a name is shown. */
import { useLingui } from "@lingui/react/macro";
import { Fragment, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { CaseView } from "../api/types";
import { TextArea } from "../ui";
import { candidatesFor, mentionAt, mentionParts, type Mentionable, withMention } from "./mentions";
import { nameOf, partyName, personOf } from "./people";

interface Someone extends Mentionable {
  /** The side they are of, or what they are here. */
  hint: string;
}

const MOST_SHOWN = 6;

/** Whom one can call in a room: those who are in it, and not oneself. */
export function useMentionable(view: CaseView, room: string): readonly Someone[] {
  const { t } = useLingui();
  const members = view.rooms.find((one) => one.room === room)?.members ?? [];
  return members.flatMap((participant) => {
    const person = personOf(view, participant);
    if (person === undefined || person.name === "" || participant === view.me.participant) return [];
    return [{ participant, name: person.name, hint: person.party === null ? t`the mediator` : partyName(view, person.party) }];
  });
}

interface MentioningAreaProps {
  people: readonly Someone[];
  label: string;
  hideLabel?: boolean;
  placeholder?: string;
  rows: number;
  maxLength: number;
  hint?: string;
  autoFocus?: boolean;
  value: string;
  onChange: (text: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

export function MentioningArea({ people, value, onChange, onKeyDown, ...rest }: MentioningAreaProps) {
  const { t } = useLingui();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  /** The @ whose list was closed; it stays so until another is written. */
  const [closed, setClosed] = useState<number | null>(null);
  const goesTo = useRef<number | null>(null);
  const area = () => box.current?.querySelector("textarea") ?? null;
  const asked = caret === null ? null : mentionAt(value, caret);
  const found = asked === null || asked.from === closed ? [] : candidatesFor(asked.query, people).slice(0, MOST_SHOWN);
  const chosen = found[Math.min(at, found.length - 1)];

  useEffect(() => {
    const to = goesTo.current;
    if (to === null) return;
    goesTo.current = null;
    area()?.setSelectionRange(to, to);
  }, [value]);

  const look = () => {
    const box = area();
    setCaret(box !== null && box.selectionStart === box.selectionEnd ? box.selectionStart : null);
  };
  const take = (name: string) => {
    if (asked === null || caret === null) return;
    const next = withMention(value, asked.from, caret, name);
    goesTo.current = next.caret;
    setCaret(next.caret);
    setClosed(asked.from);
    onChange(next.text);
  };
  const count = found.length;
  const first = chosen?.name ?? "";
  return (
    <div
      ref={box}
      className="mentioning"
      onSelect={look}
      onBlur={() => setCaret(null)}
      onKeyDownCapture={(event) => {
        if (chosen === undefined) return;
        const index = found.indexOf(chosen);
        if (event.key === "ArrowDown") setAt((index + 1) % count);
        else if (event.key === "ArrowUp") setAt((index + count - 1) % count);
        else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(chosen.name);
        else if (event.key === "Escape") setClosed(asked?.from ?? null);
        else return;
        // The list has the key: the box does not break the line and a dialog does not close.
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <TextArea
        {...rest}
        value={value}
        onChange={(next) => {
          setAt(0);
          setClosed((now) => (now !== null && next[now] !== "@" ? null : now));
          onChange(next);
          look();
        }}
        {...(onKeyDown === undefined ? {} : { onKeyDown })}
      />
      <p className="hidden-visually" role="status">
        {chosen === undefined ? "" : t`${count} people to mention. Enter takes ${first}; the arrow keys choose another.`}
      </p>
      {chosen === undefined ? null : (
        <ul className="mention-list" role="listbox" aria-label={t`Who is meant`}>
          {found.map((one) => (
            <li
              key={one.participant}
              id={`${id} ${one.participant}`}
              role="option"
              aria-selected={one === chosen}
              className="mention-choice"
              // The focus stays in the box.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(one.name)}
            >
              <strong>{one.name}</strong> <span className="note">{one.hint}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What was said, with the names of those who are called set off. */
export function WithMentions({ view, text, mentions }: { view: CaseView; text: string; mentions: readonly string[] }) {
  const { t } = useLingui();
  const people = mentions.map((participant) => ({ participant, name: nameOf(view, participant) }));
  return mentionParts(text, people).map(({ words, participant }, index) =>
    participant === null ? (
      <Fragment key={index}>{words}</Fragment>
    ) : (
      <span key={index} className={participant === view.me.participant ? "mention mention-me" : "mention"}>
        {words}
        {participant === view.me.participant ? <span className="hidden-visually"> {t`(that is you)`}</span> : null}
      </span>
    ),
  );
}
