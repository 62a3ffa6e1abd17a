/** Adding files to one room, which is said on top, and again on the button that does it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, FileOrigin } from "../../api/types";
import { uploadsOf } from "../../live/useUploads";
import { Button, Choices, Dialog, Icon, IconButton } from "../../ui";
import { FilePicker } from "../../ui/FilePicker";
import { kindOf, roomLook } from "../rooms";
import type { RoomWords } from "../useRoomWords";
import { fileIcon, sizeWords } from "./files";

export function AddFile({ view, room, words, onClose }: { view: CaseView; room: string; words: RoomWords; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [origin, setOrigin] = useState<FileOrigin | null>(null);
  const [tried, setTried] = useState(false);
  const { accent, icon } = roomLook(room, view.me.party);
  const emptyOnes = chosen.filter((file) => file.size === 0);

  const takeOut = (name: string) => t`Take out ${name}`;
  const add = () => {
    setTried(true);
    if (chosen.length === 0 || emptyOnes.length > 0 || origin === null) return;
    const uploads = uploadsOf(view.case);
    for (const file of chosen) uploads.add(file, room, origin);
    onClose();
  };

  const fault = chosen.length === 0 ? t`Choose a file first.` : emptyOnes.length > 0 ? t`There is nothing in this file. Take it out, or choose it again.` : null;
  return (
    <Dialog
      title={t`Add a file`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon={icon} data-accent={accent} onPress={add}>
          {words.addFile}
        </Button>
      }
    >
      <div className="band band-inset" data-accent={accent}>
        <Icon name={icon} size={22} />
        <div>
          <p className="band-who">{words.seenBy}</p>
          <p className="band-detail">{words.detail}</p>
        </div>
      </div>
      <FilePicker
        label={t`Files to add`}
        hint={t`Or drop files here.`}
        choose={chosen.length === 0 ? t`Choose a file` : t`Choose another`}
        camera={t`Take a photo`}
        onFiles={(files) => setChosen((before) => [...before, ...files])}
      />
      {chosen.length === 0 ? null : (
        <ul className="plain-list">
          {chosen.map((file, index) => (
            <li key={`${index} ${file.name}`} className="file-chosen">
              <Icon name={fileIcon(file.type)} />
              <span className="file-name">{file.name}</span>
              <span className="note">{sizeWords(file.size, i18n.locale)}</span>
              <IconButton icon="close" label={takeOut(file.name)} onPress={() => setChosen(chosen.filter((one) => one !== file))} />
            </li>
          ))}
        </ul>
      )}
      {tried && fault !== null ? (
        <p className="field-fault" role="alert">
          <Icon name="warning" size={16} /> {fault}
        </p>
      ) : null}
      <Choices
        label={t`Where does it come from?`}
        value={origin}
        onChange={setOrigin}
        fault={tried && origin === null ? t`Choose one of the two.` : null}
        choices={[
          {
            value: "existed-before",
            label: t`It existed before`,
            hint: t`A contract, an invoice, a photo, old letters. Showing it here does not make it secret: it may still be used elsewhere.`,
          },
          {
            value: "made-for-mediation",
            label: t`It was made for this mediation`,
            hint: kindOf(room) === "talks" ? t`A summary or a list, written to talk with.` : t`A summary, a draft, a calculation to talk with. It stays confidential like what is said here.`,
          },
        ]}
      />
      <p className="note">
        <Trans>You can take a file back later. Whoever has downloaded it by then still has it.</Trans>
      </p>
    </Dialog>
  );
}
