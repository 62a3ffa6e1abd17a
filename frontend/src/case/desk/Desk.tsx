/** The mediator's desk, seen by nobody else: how far we are, what to do next, and the means to run a session. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { Button, Icon } from "../../ui";
import { mayGive } from "../lookup";
import { useAct } from "../useAct";
import { Ending } from "./Ending";
import { Notes } from "./Notes";
import { PrivateRooms } from "./PrivateRooms";
import { PrivateSessions } from "./PrivateSessions";
import { Sessions } from "./Sessions";
import { Spoken } from "./Spoken";
import { Stages } from "./Stages";
import "./desk.css";

export function Desk({ view }: { view: CaseView }) {
  const { t } = useLingui();
  return (
    <section className="desk" aria-label={t`My desk`}>
      <h2 className="hidden-visually">
        <Trans>My desk</Trans>
      </h2>
      <p className="note desk-alone">
        <Icon name="lock" size={16} /> <Trans>Only you see this.</Trans>
      </p>
      {/* After the end nobody is led any further, and nobody met. */}
      {view.ending === null || mayGive(view, "SetStage") ? <Stages view={view} /> : null}
      <Floor view={view} />
      {view.ending === null ? <PrivateSessions view={view} /> : null}
      <PrivateRooms view={view} />
      <Sessions view={view} />
      <Spoken view={view} />
      <Notes view={view} />
      <Ending view={view} />
    </section>
  );
}

/** Pausing the joint conversation, and carrying on. */
function Floor({ view }: { view: CaseView }) {
  const { act, busy } = useAct(view.case);
  const mayPause = mayGive(view, "Pause");
  const mayResume = mayGive(view, "Resume");
  if (!mayPause && !mayResume) return null;
  return (
    <div className="desk-part">
      <h3>
        <Trans>The joint conversation</Trans>
      </h3>
      {mayResume ? (
        <>
          <p className="note">
            <Trans>Paused: nobody but you can say anything to everyone.</Trans>
          </p>
          <Button kind="primary" icon="onward" isPending={busy} onPress={() => void act("resumptions", {})}>
            <Trans>Carry on</Trans>
          </Button>
        </>
      ) : (
        <Button icon="pause" isPending={busy} onPress={() => void act("pauses", {})}>
          <Trans>Pause for everyone</Trans>
        </Button>
      )}
    </div>
  );
}
