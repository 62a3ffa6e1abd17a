/** Every file of the case that one may see, room by room, and adding one to the room one means. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useUploads } from "../../live/useUploads";
import { usePageTitle } from "../../router";
import { EmptyState, Icon } from "../../ui";
import type { CasePageProps } from "../CasePages";
import { roomLook, speakingRooms } from "../rooms";
import { useRoomWords } from "../useRoomWords";
import { AddFileButton } from "./AddFileButton";
import { FileCard } from "./FileCard";
import { filesIn } from "./files";
import { OnTheirWay } from "./OnTheirWay";
import "./files.css";

export function FilesPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Files`);
  const wordsOf = useRoomWords(view);
  const uploads = useUploads(view.case);
  const rooms = speakingRooms(view).filter(
    (room) => room.can_post || filesIn(view, room.room).length > 0 || uploads.some((one) => one.room === room.room),
  );
  return (
    <div className="stack-wide measure centred">
      <div className="stack">
        <h1>
          <Trans>Files</Trans>
        </h1>
        <p className="lead soft">
          <Trans>Each file belongs to one room, and only those in that room can see it.</Trans>
        </p>
      </div>
      {rooms.length === 0 ? (
        <EmptyState level={2} icon="attach" title={t`There is no room for files yet`}>
          <Trans>As soon as you can talk with somebody here, you can show each other files.</Trans>
        </EmptyState>
      ) : null}
      {rooms.map((room) => {
        const words = wordsOf(room.room);
        const { accent, icon } = roomLook(room.room, view.me.party);
        const files = filesIn(view, room.room);
        return (
          <section key={room.room} className="card file-room" data-accent={accent} aria-label={words.name}>
            <header className="band">
              <Icon name={icon} size={22} />
              <div>
                <h2 className="band-who">{words.name}</h2>
                <p>{words.seenBy}</p>
              </div>
            </header>
            <div className="stack file-room-body">
              {files.length === 0 ? (
                <p className="note">
                  <Trans>No files here yet.</Trans>
                </p>
              ) : (
                <ul className="plain-list">
                  {files.map((file) => (
                    <li key={file.file}>
                      <FileCard view={view} file={file} />
                    </li>
                  ))}
                </ul>
              )}
              <OnTheirWay caseId={view.case} room={room.room} />
              {room.can_post ? (
                <div className="row">
                  <AddFileButton view={view} room={room.room} />
                </div>
              ) : null}
            </div>
          </section>
        );
      })}
    </div>
  );
}
