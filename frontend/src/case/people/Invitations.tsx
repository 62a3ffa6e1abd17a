/** Inviting somebody, and what became of the invitations of one's own side. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useState } from "react";
import { invitationsOf, type Invitation } from "../../api/inviting";
import type { CaseView } from "../../api/types";
import { Card } from "../../ui";
import { Invite } from "./Invite";
import { Invited } from "./Invited";
import { whomToInvite } from "./seats";

export function Invitations({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const seats = whomToInvite(view);
  const { all, again } = useInvitations(view, seats.length > 0);
  if (seats.length === 0) return null;
  return (
    <div className="columns columns-wide">
      <Invite view={view} seats={seats} onInvited={again} />
      {all.length === 0 ? null : (
        <Card title={<Trans>Your invitations</Trans>}>
          <ul className="plain-list" aria-label={t`Your invitations`}>
            {all.map((one) => (
              <Invited key={one.invitation_id} view={view} one={one} onChanged={again} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

/** A mail leaves a moment after its invitation; how that went is asked for until it is known. */
const LOOK_AGAIN_MS = 4_000;

function useInvitations(view: CaseView, wanted: boolean) {
  const [all, setAll] = useState<readonly Invitation[]>([]);
  const [round, setRound] = useState(0);
  const count = view.people.length;
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    invitationsOf(view.case)
      .then((list) => {
        if (!gone) setAll([...list].sort((a, b) => b.created_at.localeCompare(a.created_at)));
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
    // Somebody who joins has used an invitation.
  }, [view.case, wanted, round, count]);
  const again = useCallback(() => setRound((now) => now + 1), []);
  const isLeaving = all.some((one) => one.state === "pending" && one.mail === "waiting");
  useEffect(() => {
    if (!isLeaving) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") again();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isLeaving, again]);
  return { all, again };
}
