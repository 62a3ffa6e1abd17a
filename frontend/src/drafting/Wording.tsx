/** A wording as it reads, and two wordings with what differs between them: never by colour alone. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Fragment, useMemo, type ReactNode } from "react";
import type { NodeJson } from "./canonical";
import { useReferenceTo } from "./clauseNames";
import { compare, type Format, type Line, type Piece } from "./compare";
import "./wording.css";

interface Run {
  line: Line;
  lineChange: Piece["change"];
  pieces: Piece[];
}

/** Pieces by the line they stand in. A line that was only split or joined keeps its words. */
function linesOf(pieces: readonly Piece[]): Run[] {
  const all: Run[] = [];
  for (const piece of pieces) {
    if (piece.line !== null) all.push({ line: piece.line, lineChange: piece.change, pieces: [] });
    else {
      if (all.length === 0) all.push({ line: "paragraph", lineChange: "same", pieces: [] });
      all.at(-1)?.pieces.push(piece);
    }
  }
  return all;
}

function styled(text: string, formats: readonly Format[]): ReactNode {
  let shown: ReactNode = text;
  if (formats.includes("link")) shown = <span className="wording-link">{shown}</span>;
  if (formats.includes("em")) shown = <em>{shown}</em>;
  if (formats.includes("strong")) shown = <strong>{shown}</strong>;
  return shown;
}

function useFormatWords(): (format: Format) => string {
  const { t } = useLingui();
  const words: Record<Format, string> = { strong: t`bold`, em: t`italic`, link: t`link`, amount: t`marked as an amount`, date: t`marked as a date` };
  return (format) => words[format];
}

function Shown({ piece }: { piece: Piece }) {
  const nameOf = useFormatWords();
  const words = styled(piece.text, piece.formats);
  switch (piece.change) {
    case "same":
      return words;
    case "added":
      return (
        <ins className="wording-added">
          <span className="hidden-visually">
            <Trans>[added:</Trans>{" "}
          </span>
          {words}
          <span className="hidden-visually">]</span>
        </ins>
      );
    case "removed":
      return (
        <del className="wording-removed">
          <span className="hidden-visually">
            <Trans>[removed:</Trans>{" "}
          </span>
          {words}
          <span className="hidden-visually">]</span>
        </del>
      );
    case "formatted": {
      const gained = piece.gained.filter((one) => !piece.lost.includes(one)).map(nameOf).join(", ");
      const lost = piece.lost.filter((one) => !piece.gained.includes(one)).map(nameOf).join(", ");
      return (
        <span className="wording-formatted">
          {words}
          <span className="wording-named">
            {" ("}
            {gained === "" ? null : <Trans>now {gained}</Trans>}
            {gained !== "" && lost !== "" ? ", " : null}
            {lost === "" ? null : <Trans>no longer {lost}</Trans>}
            {gained !== "" || lost !== "" ? null : piece.gained.includes("link") ? <Trans>link changed</Trans> : <Trans>another value</Trans>}
            {")"}
          </span>
        </span>
      );
    }
  }
}

const SIGNS: Readonly<Record<Line, string>> = { paragraph: "", heading: "", bullet: "• ", number: "– ", row: "", cell: "" };

function LineOf({ run }: { run: Run }) {
  const { t } = useLingui();
  const mark = run.lineChange === "added" ? t`[new line]` : run.lineChange === "removed" ? t`[line break removed]` : null;
  const isCell = run.line === "cell" || run.line === "row";
  return (
    <p className={isCell ? "wording-line wording-cell" : "wording-line"}>
      {mark === null ? null : <span className="wording-named">{mark} </span>}
      {SIGNS[run.line]}
      {run.pieces.map((piece, index) => (
        <Fragment key={index}>
          <Shown piece={piece} />
        </Fragment>
      ))}
    </p>
  );
}

/** `before` and `after` with what came, went and was set off differently; `null` on one side for a clause that is new or gone. */
export function Comparison({ before, after }: { before: NodeJson | null; after: NodeJson | null }) {
  const { t } = useLingui();
  // Others write meanwhile; only what concerns these two wordings is counted again.
  const referenceTo = useReferenceTo();
  const runs = useMemo(() => linesOf(compare(before, after, referenceTo)), [before, after, referenceTo]);
  // Of a whole clause that came or went the lines need no marks of their own.
  const isWhole = before === null || after === null;
  return (
    <div className="wording" role="group" aria-label={t`What would change`}>
      {runs.map((run, index) => (
        <LineOf key={index} run={isWhole ? { ...run, lineChange: "same" } : run} />
      ))}
    </div>
  );
}

/** A wording to be read, with nothing to be pressed in it. */
export function Wording({ node }: { node: NodeJson }) {
  const referenceTo = useReferenceTo();
  return (
    <div className="wording">
      {linesOf(compare(node, node, referenceTo)).map((run, index) => (
        <LineOf key={index} run={run} />
      ))}
    </div>
  );
}
