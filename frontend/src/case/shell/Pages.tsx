import { useLingui } from "@lingui/react/macro";
import { Button as AriaButton, Link as AriaLink } from "react-aria-components";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { navigate } from "../../router";
import { Icon, Menu, type Accent, type IconName } from "../../ui";
import { kindOf, roomLook, sideOfRoom, speakingRooms } from "../rooms";
import { useRoomWords } from "../useRoomWords";
import { useWidth, type Width } from "../useWidth";

export interface PageLink {
  id: string;
  href: string;
  label: string;
  /** Fits under a drawing on a phone. */
  short: string;
  icon: IconName;
  accent?: Accent;
}

/** How many fit beside "More" on the narrowest phone. */
const WITHIN_REACH = 4;
/** Letters that fit under a drawing. */
const SHORT = 10;

/** What a row of pages has, in pixels, and about what a page takes of it beside its letters. */
const ROW: Readonly<Record<Width, number>> = { narrow: 700, columns: 960, wide: 1120 };
const BESIDE_LETTERS = 58;
const A_LETTER = 7.5;
/** Which give way first when a row is full; each is also among the rooms of the conversation, or led to by what is next. */
const GIVES_WAY = ["brief", "meetings", "talk/private-", "talk/talks", "talk/team-", "talk/caucus-"];

/** The pages that stand in a row, and those behind "More". */
export function inARow(pages: readonly PageLink[], width: Width, page: string): readonly [near: readonly PageLink[], far: readonly PageLink[]] {
  const needs = (all: readonly PageLink[]) => all.reduce((sum, one) => sum + BESIDE_LETTERS + one.label.length * A_LETTER, 0);
  let near = pages;
  for (const kind of GIVES_WAY) {
    if (needs(near) <= ROW[width]) break;
    near = near.filter((one) => !one.id.startsWith(kind) || one.id === page);
  }
  return [near, pages.filter((one) => !near.includes(one))];
}

function usePages(view: CaseView): readonly PageLink[] {
  const { t } = useLingui();
  const words = useRoomWords(view);
  const isMediator = view.me.role === "mediator";
  const rooms = speakingRooms(view).map(({ room }): PageLink & { kind: string } => {
    const kind = kindOf(room);
    const name = words(room).name;
    const labels: Partial<Record<typeof kind, { label: string; short: string }>> = {
      joint: { label: t`Conversation`, short: t`Talk` },
      talks: { label: t`Direct talks`, short: t`Direct` },
      team: { label: t`Your own side`, short: t`Own side` },
      private: { label: name, short: name.length > SHORT ? `${name.slice(0, SHORT - 1).trimEnd()}…` : name },
      caucus: isMediator
        ? { label: name, short: sideOfRoom(room) === "business" ? t`Business` : t`Client` }
        : { label: t`Private with the mediator`, short: t`Private` },
    };
    const { label, short } = labels[kind] ?? { label: name, short: name };
    return { kind, id: `talk/${room}`, href: links.talk(view.case, room), label, short, ...roomLook(room, view.me.party), ...(kind === "joint" ? { icon: "speech" as const } : {}) };
  });
  const ofKind = (...kinds: string[]) => rooms.filter((one) => kinds.includes(one.kind));
  const settlement: PageLink[] =
    view.documents.length > 0 ? [{ id: "settlement", href: links.settlement(view.case), label: t`Settlement`, short: t`Settlement`, icon: "quill" }] : [];
  const before: PageLink[] =
    view.ending === null && view.mediator !== null && (view.began_at === null || view.allowed_actions.includes("AcceptAgreement"))
      ? [{ id: "agreement", href: links.agreement(view.case), label: t`Before we begin`, short: t`Begin`, icon: "scales" }]
      : [];
  return [
    ...before,
    { id: "", href: links.table(view.case), label: t`Table`, short: t`Table`, icon: "table", accent: "moss" },
    ...ofKind("joint", "caucus", "private"),
    ...settlement,
    ...ofKind("talks", "team"),
    // Who only reads the papers has no room to keep files in.
    ...(rooms.length === 0 ? [] : [{ id: "files", href: links.files(view.case), label: t`Files`, short: t`Files`, icon: "attach" as const }]),
    { id: "meetings", href: links.meetings(view.case), label: t`Meetings`, short: t`Meetings`, icon: "waiting" },
    { id: "people", href: links.people(view.case), label: t`People`, short: t`People`, icon: "people" },
    { id: "papers", href: links.papers(view.case), label: t`Papers`, short: t`Papers`, icon: "papers", accent: "stone" },
    { id: "brief", href: links.brief(view.case), label: t`On one page`, short: t`One page`, icon: "look" },
  ];
}

function One({ one, page, label }: { one: PageLink; page: string; label: string }) {
  return (
    <AriaLink href={one.href} className="shell-page" data-accent={one.accent} {...(one.id === page ? { "aria-current": "page" as const } : {})}>
      <Icon name={one.icon} size={18} />
      <span>{label}</span>
    </AriaLink>
  );
}

/** The pages of the case, twice: in a row on a desk, and within reach of the thumb on a phone. Style shows one. */
export function Pages({ view, page }: { view: CaseView; page: string }) {
  const { t } = useLingui();
  const pages = usePages(view);
  const [row, rest] = inARow(pages, useWidth(), page);
  const near = pages.slice(0, WITHIN_REACH);
  // On a desk the search stands in the head.
  const search: PageLink = { id: "search", href: links.search(view.case), label: t`Search`, short: t`Search`, icon: "search" };
  const far = [...pages.slice(WITHIN_REACH), search];
  const current = far.find((one) => one.id === page);
  return (
    <>
      <nav className="shell-pages shell-pages-wide" aria-label={t`This case`}>
        {row.map((one) => (
          <One key={one.id} one={one} page={page} label={one.label} />
        ))}
        {rest.length === 0 ? null : (
          <Menu
            label={t`More of this case`}
            trigger={
              <AriaButton className="shell-page">
                <Icon name="more" size={18} />
                <span>{t`More`}</span>
              </AriaButton>
            }
            groups={[rest.map((one) => ({ id: one.id, label: one.label, icon: one.icon, onAction: () => navigate(one.href) }))]}
          />
        )}
      </nav>
      <nav className="shell-pages shell-pages-thumb" aria-label={t`This case`}>
        {near.map((one) => (
          <One key={one.id} one={one} page={page} label={one.short} />
        ))}
        <Menu
          label={t`More of this case`}
          trigger={
            <AriaButton className="shell-page" data-accent={current?.accent} {...(current === undefined ? {} : { "aria-current": "page" as const })}>
              <Icon name={current?.icon ?? "more"} size={18} />
              <span>{current?.short ?? t`More`}</span>
            </AriaButton>
          }
          groups={[far.map((one) => ({ id: one.id, label: one.label, icon: one.icon, onAction: () => navigate(one.href) }))]}
        />
      </nav>
    </>
  );
}
