/** What a record that is in order proves, what it merely shows, and what nothing of the kind can prove. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Card, Moment } from "../ui/plain";
import type { Report } from "./bundle";

/** What each room is called for somebody who was not there. */
function useRoomName(): (room: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    papers: t`Papers`,
    talks: t`Direct talks before the mediation`,
    joint: t`At the table`,
    "caucus-business": t`In private: the mediator and the business`,
    "caucus-client": t`In private: the mediator and the client`,
    "team-business": t`The business among itself`,
    "team-client": t`The client’s side among itself`,
  };
  return (room) => names[room] ?? t`A private room`;
}

export function ReportCards({ report }: { report: Report }) {
  const roomName = useRoomName();
  const { newest } = report;
  // A list of files of confidential rooms is as confidential as they are.
  const isMade = (name: string) => name.startsWith("documents/") && !name.startsWith("documents/confidential-");
  const made = report.shown.filter(isMade);
  const shown = report.shown.filter((name) => !isMade(name));
  return (
    <>
      <Card title={<Trans>Proven</Trans>} accent="moss">
        <p>
          <Trans>Nothing in these was changed, removed, reordered or added since it was sealed.</Trans>
        </p>
        <ul className="verify-list">
          {report.rooms.map(({ room, sealed, tail, withheld }) => {
            const name = roomName(room);
            return (
              <li key={room}>
                <strong>{name}</strong>: <Plural value={sealed} one="# entry, complete" other="# entries, complete and in order" />
                {tail === 0 ? null : (
                  <>
                    {"; "}
                    <Plural value={tail} one="# newer one is signed with this file, and not sealed yet" other="# newer ones are signed with this file, and not sealed yet" />
                  </>
                )}
                {withheld === 0 ? null : (
                  <>
                    {"; "}
                    <Plural value={withheld} one="the words of # are withheld or erased, its place is proven" other="the words of # are withheld or erased, their places are proven" />
                  </>
                )}
              </li>
            );
          })}
          {report.proven.map((name) => (
            <li key={name}>
              <code className="verify-code">{name}</code>
            </li>
          ))}
        </ul>
      </Card>
      {made.length === 0 ? null : (
        <Card title={<Trans>Made of it, for reading</Trans>}>
          <p>
            <Trans>Lists, forms and copies to work with. They prove nothing by themselves, and name what does.</Trans>
          </p>
          <ul className="verify-list">
            {made.map((name) => (
              <li key={name}>
                <code className="verify-code">{name}</code>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {report.transcripts.length + shown.length === 0 ? null : (
        <Card title={<Trans>Shown, and not proven</Trans>} accent="ochre">
          <p>
            <Trans>What was said in confidence is in the file for its owner to read. Nobody can prove it to anybody, so that people can speak freely.</Trans>
          </p>
          <ul className="verify-list">
            {report.transcripts.map(({ room, entries }) => (
              <li key={room}>
                <strong>{roomName(room)}</strong>: <Plural value={entries} one="# entry" other="# entries" />
              </li>
            ))}
            {shown.map((name) => (
              <li key={name}>
                <code className="verify-code">{name}</code>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={<Trans>To compare</Trans>}>
        <dl className="verify-compare">
          <dt>
            <Trans>Fingerprint of the key that signs</Trans>
          </dt>
          <dd>
            <code className="verify-code">{report.signer}</code>
          </dd>
          {newest === null ? null : (
            <>
              <dt>
                <Trans>Newest seal</Trans>, <Moment at={newest.at} show="full" />
              </dt>
              <dd>
                <code className="verify-code">{newest.digest}</code>
              </dd>
            </>
          )}
        </dl>
        <p className="note">
          <Trans>Both stand on printed settlements and in the mail that came with them. The seal shows that nothing later was left out of this file.</Trans>
        </p>
      </Card>
    </>
  );
}

export function NotProven() {
  return (
    <Card title={<Trans>What this does not prove</Trans>}>
      <ul className="verify-list">
        <li>
          <Trans>That people told the truth.</Trans>
        </li>
        <li>
          <Trans>Who sat at the keyboard. The papers say how each signer was identified.</Trans>
        </li>
        <li>
          <Trans>That nothing came after the newest seal, unless you compare that with a printed or mailed one.</Trans>
        </li>
        <li>
          <Trans>Outside time stamps and the seal inside a PDF: programs that read PDFs show those.</Trans>
        </li>
      </ul>
    </Card>
  );
}
