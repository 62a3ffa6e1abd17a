import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { CaseView } from "../../api/types";
import { Button, IconButton } from "../../ui";
import { useRoomWords } from "../useRoomWords";

const AddFile = lazy(() => import("./AddFile").then((part) => ({ default: part.AddFile })));

/** Opens the dialog for one room. `small` is a drawing alone, for beside the box to write in. */
export function AddFileButton({ view, room, small = false }: { view: CaseView; room: string; small?: boolean }) {
  const { t } = useLingui();
  const words = useRoomWords(view)(room);
  const { name } = words;
  const [open, setOpen] = useState(false);
  return (
    <>
      {small ? (
        <IconButton icon="attach" label={t`Add a file`} onPress={() => setOpen(true)} />
      ) : (
        <Button small icon="attach" aria-label={t`Add a file: ${name}`} onPress={() => setOpen(true)}>
          {t`Add a file`}
        </Button>
      )}
      {open ? (
        <Suspense fallback={null}>
          <AddFile view={view} room={room} words={words} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
