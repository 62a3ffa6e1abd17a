/** The text that is signed, to be read and not written in: plain elements, so that every reader and printer knows them. */
import { useLingui } from "@lingui/react/macro";
import { Fragment, type ReactNode } from "react";
import type { MarkJson, NodeJson } from "../../../drafting/canonical";
import { ClausesInText, useReferenceTo } from "../../../drafting/clauseNames";
import { isSafeLink } from "../../../drafting/values";
import "./signing.css";

export function FrozenText({ node }: { node: NodeJson }) {
  const { t } = useLingui();
  const blocks = node.content ?? [];
  const clauses = blocks.filter((one) => one.type === "clause");
  const named = clauses.map((one, index) => ({ id: textOf(one.attrs?.["id"]), number: index + 1, text: "" }));
  return (
    <ClausesInText value={named}>
    <article className="frozen" aria-label={t`Text of the settlement`}>
      {blocks.map((block, index) => {
        if (block.type !== "clause") return <Block key={index} node={block} />;
        const number = clauses.indexOf(block) + 1;
        return (
          <section key={index} className="frozen-clause" aria-label={t`Clause ${number}`}>
            <span className="frozen-number">{number}.</span>
            <div className="frozen-words">
              <Inside node={block} />
            </div>
          </section>
        );
      })}
    </article>
    </ClausesInText>
  );
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

function Reference({ clause }: { clause: unknown }) {
  return <>{useReferenceTo()(clause)}</>;
}

function Inside({ node }: { node: NodeJson }) {
  return (node.content ?? []).map((inner, index) => <Block key={index} node={inner} />);
}

function Block({ node }: { node: NodeJson }): ReactNode {
  const inside = <Inside node={node} />;
  switch (node.type) {
    case "text":
      return (node.marks ?? []).reduce<ReactNode>((shown, mark) => <Marked mark={mark}>{shown}</Marked>, node.text ?? "");
    case "clause_ref":
      return <Reference clause={node.attrs?.["clause"]} />;
    case "hard_break":
      return <br />;
    case "heading":
      return node.attrs?.["level"] === 1 ? <h3>{inside}</h3> : <h4>{inside}</h4>;
    case "bullet_list":
      return <ul>{inside}</ul>;
    case "ordered_list":
      return <ol start={Number(node.attrs?.["order"] ?? 1)}>{inside}</ol>;
    case "list_item":
      return <li>{inside}</li>;
    case "table":
      return (
        <div className="frozen-table">
          <table>
            <tbody>{inside}</tbody>
          </table>
        </div>
      );
    case "table_row":
      return <tr>{inside}</tr>;
    case "table_header":
      return <th {...spans(node)}>{inside}</th>;
    case "table_cell":
      return <td {...spans(node)}>{inside}</td>;
    case "paragraph":
      return <p>{inside}</p>;
    default:
      // What a later release knows is at least not left out.
      return node.text === undefined ? <div>{inside}</div> : node.text;
  }
}

function spans(node: NodeJson): { colSpan: number; rowSpan: number } {
  return { colSpan: Number(node.attrs?.["colspan"] ?? 1), rowSpan: Number(node.attrs?.["rowspan"] ?? 1) };
}

function Marked({ mark, children }: { mark: MarkJson; children: ReactNode }) {
  if (mark.type === "strong") return <strong>{children}</strong>;
  if (mark.type === "em") return <em>{children}</em>;
  const href = mark.attrs?.["href"];
  if (mark.type === "link" && isSafeLink(href)) {
    return (
      <a href={href} rel="noopener noreferrer nofollow" className="link">
        {children}
      </a>
    );
  }
  return <Fragment>{children}</Fragment>;
}
