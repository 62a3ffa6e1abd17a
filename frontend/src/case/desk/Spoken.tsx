/** Who has spoken how much at the table, so that the quiet ones are asked. */
import { Plural, Trans } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { nameOf } from "../people";

export function Spoken({ view }: { view: CaseView }) {
  const spoken = view.spoken.filter((one) => nameOf(view, one.participant) !== "" && one.participant !== view.me.participant);
  const most = Math.max(1, ...spoken.map((one) => one.messages));
  if (spoken.length === 0) return null;
  return (
    <div className="desk-part">
      <h3>
        <Trans>Who has spoken how much</Trans>
      </h3>
      <ul className="plain-list spoken">
        {spoken.map(({ participant, messages }) => (
          <li key={participant}>
            <span>{nameOf(view, participant)}</span>
            <meter min={0} max={most} value={messages} aria-hidden="true" />
            <span className="note">
              {messages === 0 ? <Trans>nothing yet</Trans> : <Plural value={messages} one="# message" other="# messages" />}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
