/** What may be done about a person: asking them to listen for now, letting them speak again, removing them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PersonView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { announce, ConfirmDialog, IconButton, Menu, type MenuAction } from "../../ui";
import { mayNow } from "../lookup";
import { ProblemNote } from "../ProblemNote";
import { useAct } from "../useAct";

export function PersonActs({ view, person }: { view: CaseView; person: PersonView }) {
  const { t } = useLingui();
  const { name, participant } = person;
  const [asking, setAsking] = useState<"mute" | "remove" | null>(null);
  const { act } = useAct(view.case);
  const { give, status, problem } = useCommand(view.case);
  const actions: MenuAction[] = [];
  if (mayNow(person, "Mute")) {
    actions.push({ id: "mute", label: t`Ask them to listen for now`, hint: t`They read the table and cannot write there.`, icon: "hush", onAction: () => setAsking("mute") });
  }
  if (mayNow(person, "Unmute")) actions.push({ id: "unmute", label: t`Let them speak again`, icon: "speech", onAction: () => void act("unmutes", { participant }) });
  if (mayNow(person, "RemoveParticipant")) actions.push({ id: "remove", label: t`Remove from the case`, icon: "door", onAction: () => setAsking("remove") });
  if (actions.length === 0) return null;

  const confirm = async () => {
    const written = asking === "mute" ? await give("mutes", { participant }) : await give("removals", { participant });
    if (written === null) return;
    setAsking(null);
    if (asking === "remove") announce(t`${name} is no longer on the case.`, { tone: "good" });
  };

  return (
    <>
      <Menu label={t`About ${name}`} trigger={<IconButton icon="more" label={t`More about ${name}`} />} groups={[actions]} />
      <ConfirmDialog
        title={asking === "remove" ? t`Remove ${name} from the case?` : t`Ask ${name} to listen for now?`}
        isOpen={asking !== null}
        onOpenChange={(open) => setAsking(open ? asking : null)}
        confirm={asking === "remove" ? t`Remove them` : t`Ask them to listen`}
        decline={asking === "remove" ? t`Keep them here` : t`Let them speak`}
        kind={asking === "remove" ? "grave" : "primary"}
        isPending={status !== "idle"}
        onConfirm={() => void confirm()}
      >
        {asking === "remove" ? (
          <>
            <p>
              <Trans>{name} leaves every room at once and can open nothing of this case any more. What they wrote stays.</Trans>
            </p>
            <p>
              <Trans>The papers record that {name} was removed and by whom, not why. To bring them back, invite them again.</Trans>
            </p>
          </>
        ) : (
          <>
            <p>
              <Trans>{name} goes on reading what everyone sees, and cannot write there until you let them. Everyone at the table sees this.</Trans>
            </p>
            <p>
              <Trans>In private they can still write to you, and they can still agree, answer offers and leave.</Trans>
            </p>
          </>
        )}
        <ProblemNote problem={problem} />
      </ConfirmDialog>
    </>
  );
}
