/** Rooms that the mediator puts together: both lawyers, the two who decide, whoever is needed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, PersonView, RoomView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { roleWord } from "../../text/words";
import { Button, Checkbox, ConfirmDialog, Dialog, Icon, LinkButton, TextField } from "../../ui";
import { links } from "../../links";
import { mayGive, mayNow } from "../lookup";
import { nameOf, partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { kindOf, roomLook } from "../rooms";
import { useAct } from "../useAct";
import { chooseRoom } from "../useRoomChoice";

export function PrivateRooms({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const [opening, setOpening] = useState(false);
  const rooms = view.rooms.filter((one) => kindOf(one.room) === "private");
  const mayOpen = mayGive(view, "OpenRoom");
  if (rooms.length === 0 && !mayOpen) return null;
  return (
    <div className="desk-part">
      <h3>
        <Trans>Rooms of chosen people</Trans>
      </h3>
      {rooms.length === 0 ? null : (
        <ul className="plain-list">
          {rooms.map((room) => (
            <OneRoom key={room.room} view={view} room={room} />
          ))}
        </ul>
      )}
      {mayOpen ? (
        <Button icon="door" onPress={() => setOpening(true)}>
          {t`Put people together`}
        </Button>
      ) : null}
      <p className="note">
        <Trans>For example both lawyers, or the two who decide. Nobody else learns that such a room is there.</Trans>
      </p>
      {opening ? <OpenRoomDialog view={view} onClose={() => setOpening(false)} /> : null}
    </div>
  );
}

function OneRoom({ view, room }: { view: CaseView; room: RoomView }) {
  const { t, i18n } = useLingui();
  const [closing, setClosing] = useState(false);
  const { act, busy } = useAct(view.case);
  const others = room.members.filter((one) => one !== view.me.participant).map((one) => nameOf(view, one));
  const names = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(others);
  const { accent, icon } = roomLook(room.room, view.me.party);
  const { name } = room;
  return (
    <li className="row-apart" data-accent={accent}>
      <span>
        <strong>
          <Icon name={icon} size={16} /> {room.name}
        </strong>
        <span className="note since">{room.closed ? t`Closed. It was with ${names}` : names}</span>
      </span>
      <span className="row">
        <LinkButton small kind="quiet" href={links.talk(view.case, room.room)} aria-label={t`Go there: ${name}`}>
          <Trans>Go there</Trans>
        </LinkButton>
        {mayNow(room, "CloseRoom") ? (
          <Button small kind="quiet" aria-label={t`Close it: ${name}`} isPending={busy} onPress={() => setClosing(true)}>
            <Trans>Close it</Trans>
          </Button>
        ) : null}
      </span>
      <ConfirmDialog
        title={t`Close ${name}?`}
        isOpen={closing}
        onOpenChange={setClosing}
        confirm={t`Close it`}
        decline={t`Leave it open`}
        onConfirm={() => {
          setClosing(false);
          void act("private-room-closings", { room: room.room });
        }}
      >
        <p>
          <Trans>Nobody can write there any more. Those who were in it can still read it. It cannot be opened again; you can put the same people together anew.</Trans>
        </p>
      </ConfirmDialog>
    </li>
  );
}

function OpenRoomDialog({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [members, setMembers] = useState<readonly string[]>([]);
  const [name, setName] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  const choosable = view.people.filter((one) => one.role !== "legal" && one.participant !== view.me.participant);
  const groups = [
    ...(["business", "client"] as const).map((party) => ({ party, title: partyName(view, party), people: choosable.filter((one) => one.party === party) })),
  ].filter((one) => one.people.length > 0);
  const names = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(members.map((one) => nameOf(view, one)));
  const suggested = useSuggestion(choosable.filter((one) => members.includes(one.participant)));
  const called = name ?? suggested;

  const open = async () => {
    setTried(true);
    if (members.length === 0 || called.trim() === "") return;
    const written = await give("private-rooms", { members: [...members], name: called.trim() });
    const room = written?.written.find((one) => kindOf(one.room) === "private")?.room;
    if (room === undefined) return;
    chooseRoom(view.case, room);
    onClose();
  };

  return (
    <Dialog
      title={t`Put people together`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      actions={
        <Button kind="primary" icon="door" data-accent={roomLook("private").accent} isPending={status !== "idle"} onPress={() => void open()}>
          <Trans>Open this room</Trans>
        </Button>
      }
    >
      {groups.map((group) => (
        <fieldset key={group.party} className="choose-people">
          <legend className="field-label">{group.title}</legend>
          {group.people.map((one) => (
            <Checkbox
              key={one.participant}
              isSelected={members.includes(one.participant)}
              onChange={(on) => setMembers(on ? [...members, one.participant] : members.filter((id) => id !== one.participant))}
            >
              {one.name} <span className="note">{one.title === "" ? roleWord(one.role) : one.title}</span>
            </Checkbox>
          ))}
        </fieldset>
      ))}
      {tried && members.length === 0 ? (
        <p className="field-fault" role="alert">
          <Icon name="warning" size={16} /> <Trans>Choose at least one person.</Trans>
        </p>
      ) : null}
      <TextField
        label={t`What the room is called`}
        hint={t`Those in it see this name.`}
        value={called}
        onChange={setName}
        maxLength={100}
        fault={tried && called.trim() === "" ? t`Give the room a name.` : null}
      />
      <p className="note">
        {members.length === 0 ? (
          <Trans>Only those you choose and you will read what is said there. They cannot be changed later.</Trans>
        ) : (
          <Trans>Only {names} and you will read what is said there. They cannot be changed later.</Trans>
        )}
      </p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

/** A name for the usual compositions; "" when the mediator has to think of one. */
function useSuggestion(chosen: readonly PersonView[]): string {
  const { t } = useLingui();
  const all = (roles: readonly PersonView["role"][]) => chosen.length > 0 && chosen.every((one) => roles.includes(one.role));
  const isAcross = new Set(chosen.map((one) => one.party)).size > 1;
  if (all(["counsel"])) return isAcross ? t`The lawyers` : t`With the lawyer`;
  if (all(["principal", "handler", "manager"])) return isAcross ? t`Those who decide` : "";
  return "";
}
