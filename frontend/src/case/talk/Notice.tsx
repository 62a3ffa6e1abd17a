/** What happened on the table, as one quiet line in the conversation. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { CaseView, Tier } from "../../api/types";
import { links } from "../../links";
import { nowWords, tierWord } from "../../text/words";
import { formatAmount, Icon, Link, Time, type IconName } from "../../ui";
import { useLimitWords, type Settled } from "../limits/LimitNote";
import { isMediator } from "../lookup";
import { partyName } from "../people";
import { isStage, stageName } from "../stages";
import { text, type NoticeKind, type NoticeLine } from "../timeline";
import { useRoomWords } from "../useRoomWords";
import { useSpeaker } from "./Message";

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  StageSet: "onward",
  Paused: "pause",
  Resumed: "onward",
  AuthorityDeclared: "people",
  IssuePut: "quill",
  PositionStated: "speech",
  PositionReflected: "speech",
  ReflectionAnswered: "speech",
  StatementProposed: "quill",
  StatementReworded: "quill",
  AssentGiven: "agree",
  AssentTakenBack: "undo",
  OfferMade: "scales",
  OfferAnswered: "scales",
  OfferWithdrawn: "undo",
  DocumentOpened: "papers",
  CaucusOpened: "lock",
  CaucusClosed: "lock",
  PositionScribed: "quill",
  ScribedAnswered: "quill",
  SharingProposed: "speech",
  SharingAllowed: "agree",
  SharingRefused: "lock",
  SharingPosted: "table",
  MemberAdmitted: "people",
  Muted: "hush",
  Unmuted: "speech",
  AbuseReported: "flag",
  RoomOpened: "door",
  RoomClosed: "door",
  RoomKept: "saved",
  DraftOpened: "quill",
  LimitSet: "lock",
  LimitTakenBack: "undo",
  ManagerCalled: "people",
  NobodyToCall: "warning",
  MeetingProposed: "waiting",
  MeetingAnswered: "waiting",
  MeetingChosen: "agree",
  MeetingWithdrawn: "undo",
  FileWithdrawn: "undo",
};

const SHORT = 90;

function shorten(words: string): string {
  return words.length <= SHORT ? words : `${words.slice(0, SHORT).trimEnd()}…`;
}

function useNoticeWords(view: CaseView): (line: NoticeLine) => string {
  const { t, i18n } = useLingui();
  const speakerOf = useSpeaker(view);
  const limitWords = useLimitWords();
  const sideName = (value: unknown) => (value === "business" || value === "client" ? partyName(view, value) : "");

  const offerWords = (offer: string) => {
    const found = view.offers.find((one) => one.offer === offer);
    if (found === undefined) return "";
    const amount = found.amount === null ? "" : formatAmount(found.amount, i18n.locale);
    return shorten([amount, found.terms].filter((part) => part !== "").join(", "));
  };
  const statementWords = (statement: string) => {
    const found = view.statements.find((one) => one.statement === statement);
    return found === undefined ? "…" : shorten(found.text);
  };

  return (line) => {
    const name = speakerOf(line.actor).name;
    const side = sideName(line.body["party"]);
    const offer = offerWords(text(line.body, "offer"));
    const wording = statementWords(text(line.body, "statement"));
    const said = shorten(text(line.body, "text"));
    const step = line.kind === "ManagerCalled" || line.kind === "NobodyToCall" ? tierWord(line.body["tier"] as Tier) : "";
    const settled = line.kind === "LimitSet" ? limitWords(line.body as unknown as Settled) : "";
    switch (line.kind) {
      case "StageSet": {
        const stage = line.body["stage"];
        if (!isStage(stage)) return "";
        const stageWord = stageName(stage);
        return isMediator(view) ? t`Stage: ${stageWord}` : nowWords(`stage-${stage}`);
      }
      case "Paused":
        return t`${name} paused the joint conversation.`;
      case "Resumed":
        return t`The joint conversation goes on.`;
      case "AuthorityDeclared":
        return t`${side} said who can agree.`;
      case "IssuePut": {
        const question = shorten(text(line.body, "text"));
        return t`A question for the table: ${question}`;
      }
      case "PositionStated":
        return t`${name} said how they see it.`;
      case "PositionReflected":
        return t`${name} said back what they heard.`;
      case "ReflectionAnswered":
        return line.body["heard"] === true ? t`${name}: "That's it."` : t`${name} put it right: not quite.`;
      case "StatementProposed":
        return t`${name} wrote a wording both might share: ${wording}`;
      case "StatementReworded":
        return t`${name} changed a wording: ${wording}`;
      case "AssentGiven":
        return t`${side} agrees to: ${wording}`;
      case "AssentTakenBack":
        return t`${side} no longer agrees to: ${wording}`;
      case "OfferMade":
        return t`${side} made an offer: ${offer}`;
      case "OfferAnswered":
        return line.body["accepted"] === true ? t`${side} accepted the offer: ${offer}` : t`${side} declined the offer: ${offer}`;
      case "OfferWithdrawn":
        return t`An offer was withdrawn: ${offer}`;
      case "DocumentOpened":
        return t`The settlement is open to write in.`;
      case "CaucusOpened":
        return t`A private session began.`;
      case "CaucusClosed":
        return t`The private session ended. You can still write here.`;
      case "PositionScribed":
        return t`${name} wrote down, to be confirmed: ${said}`;
      case "ScribedAnswered": {
        const words = text(line.body, "words");
        if (line.body["confirmed"] === true) return t`${name}: "That's it." It is on the table now.`;
        return words === "" ? t`${name}: "Not quite."` : t`${name}: "Not quite." ${words}`;
      }
      case "SharingProposed":
        return line.body["form"] === "my-words"
          ? t`${name} lets the mediator say at the table: ${said}`
          : t`${name} asked whether this may be said at the table: ${said}`;
      case "SharingAllowed": {
        const condition = text(line.body, "condition");
        return condition === "" ? t`${name} allowed exactly these words.` : t`${name} allowed exactly these words, on this condition: ${condition}`;
      }
      case "SharingRefused":
        return t`${name} keeps it here. Nobody else learns of it.`;
      case "SharingPosted":
        return t`It was said at the table.`;
      case "MemberAdmitted": {
        const newcomer = speakerOf(text(line.body, "participant")).name;
        return t`${newcomer} joined this room, and reads from here on.`;
      }
      case "Muted": {
        const muted = speakerOf(text(line.body, "participant")).name;
        return t`${name} asked ${muted} to listen for now.`;
      }
      case "Unmuted": {
        const muted = speakerOf(text(line.body, "participant")).name;
        return t`${muted} may speak again.`;
      }
      case "AbuseReported":
        return said;
      case "RoomOpened": {
        const room = text(line.body, "name");
        return t`${name} opened this room: ${room}`;
      }
      case "RoomClosed":
        return t`${name} closed this room. You can still read it.`;
      case "RoomKept": {
        const until = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "long" }).format(new Date(text(line.body, "until")));
        return t`${name} had this room kept until ${until}.`;
      }
      case "DraftOpened":
        return t`${name} began a draft that your side alone reads.`;
      case "LimitSet":
        return t`${name} settled how far those who speak for your side may go: ${settled}`;
      case "LimitTakenBack":
        return t`${name} took back how far those who speak for your side may go.`;
      case "ManagerCalled": {
        const who = [text(line.body, "name"), text(line.body, "title")].filter((part) => part !== "").join(", ");
        return t`${step} – we have asked ${who} to come. Only your side reads this.`;
      }
      case "NobodyToCall":
        return t`${step} – nobody can be asked to come: nobody is named, everybody named is away, or we have no address. Please choose somebody, and invite them.`;
      case "MeetingProposed":
        return t`${name} proposed times for a meeting.`;
      case "MeetingAnswered":
        return t`${side} said which of the proposed times suit it.`;
      case "MeetingChosen":
        return t`${name} set a meeting at a time that suits both sides.`;
      case "MeetingWithdrawn":
        return t`${name} withdrew the times proposed for a meeting.`;
      case "FileWithdrawn":
        return t`${name} took a file back.`;
    }
  };
}

/** What went too far is told in full, and leads to the message if it was one and the reader is in its room. */
function Report({ view, line }: { view: CaseView; line: NoticeLine }) {
  const { t } = useLingui();
  const speakerOf = useSpeaker(view);
  const wordsOf = useRoomWords(view);
  const name = speakerOf(line.actor).name;
  const room = text(line.body, "room");
  const { seq } = line.body;
  const isInIt = view.rooms.some((one) => one.room === room);
  const where = wordsOf(room).name;
  return (
    <span className="stack-tight">
      <span>{t`${name} tells the mediator that something went too far:`}</span>
      <span className="quote">{text(line.body, "text")}</span>
      {isInIt ? (
        <Link href={typeof seq === "number" ? `${links.talk(view.case, room)}#said-${seq}` : links.talk(view.case, room)}>
          {typeof seq === "number" ? t`Go to the message` : t`Go to: ${where}`}
        </Link>
      ) : null}
    </span>
  );
}

export function Notice({ view, line }: { view: CaseView; line: NoticeLine }) {
  const words = useNoticeWords(view)(line);
  if (words === "") return null;
  return (
    <li className="notice" id={`said-${line.seq}`}>
      <Icon name={ICONS[line.kind]} size={16} />
      {line.kind === "AbuseReported" ? (
        <Report view={view} line={line} />
      ) : line.kind === "NobodyToCall" ? (
        <span className="stack-tight">
          <span>{words}</span>
          <Link href={links.people(view.case)}>
            <Trans>Invite somebody</Trans>
          </Link>
        </span>
      ) : (
        <span>{words}</span>
      )}
      <span className="notice-time">
        <Time at={line.at} show="clock" />
      </span>
    </li>
  );
}

/** Many small changes in a row, folded into one line. */
export function NoticeRun({ view, lines }: { view: CaseView; lines: readonly NoticeLine[] }) {
  const count = lines.length;
  return (
    <li className="notice-run">
      <details>
        <summary>
          <Plural value={count} one="# change on the table" other="# changes on the table" />
        </summary>
        <ol className="log-lines">
          {lines.map((line) => (
            <Notice key={line.seq} view={view} line={line} />
          ))}
        </ol>
      </details>
    </li>
  );
}
