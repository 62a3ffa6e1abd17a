/** A file page by page, as pictures that the server drew: nothing of the file itself runs in this browser. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { explainError } from "../../api/explain";
import { drawPage, fileUrl } from "../../api/files";
import type { FileView } from "../../api/types";
import { Dialog, EmptyState, IconButton, LinkButton, Skeleton } from "../../ui";
import { ProblemNote } from "../ProblemNote";

type Drawn =
  | { is: "coming" }
  | { is: "there"; url: string; page: number }
  | { is: "none" }
  | { is: "refused"; problem: ReturnType<typeof explainError> };

export function LookAtFile({ caseId, file, onClose }: { caseId: string; file: FileView; onClose: () => void }) {
  const { t } = useLingui();
  const [page, setPage] = useState(1);
  const [pages, setPages] = useState(1);
  const [drawn, setDrawn] = useState<Drawn>({ is: "coming" });

  useEffect(() => {
    const stop = new AbortController();
    let url: string | null = null;
    drawPage(caseId, file.file, page, stop.signal)
      .then((answer) => {
        if (stop.signal.aborted) return;
        if (answer === null) {
          setDrawn({ is: "none" });
          return;
        }
        url = URL.createObjectURL(answer.picture);
        setPages(answer.pages);
        setDrawn({ is: "there", url, page });
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setDrawn({ is: "refused", problem: explainError(error) });
      });
    return () => {
      stop.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [caseId, file.file, page]);

  const { name } = file;
  const describe = (shown: number) => t`${name}, page ${shown} as a picture. Download the file to have it read to you.`;
  const turn = (by: number) => {
    const next = page + by;
    if (next < 1 || next > pages) return;
    setDrawn({ is: "coming" });
    setPage(next);
  };

  return (
    <Dialog
      title={file.name}
      closeLabel={t`Close`}
      size="large"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <LinkButton icon="download" href={fileUrl(caseId, file.file)} download>
          <Trans>Download</Trans>
        </LinkButton>
      }
    >
      {pages > 1 ? (
        <nav
          className="file-pages"
          aria-label={t`Pages`}
          onKeyDown={(event) => {
            if (event.key === "PageDown") turn(1);
            if (event.key === "PageUp") turn(-1);
          }}
        >
          <IconButton icon="back" label={t`Page before`} isDisabled={page === 1} onPress={() => turn(-1)} />
          <span role="status">{t`Page ${page} of ${pages}`}</span>
          <IconButton icon="onward" label={t`Next page`} isDisabled={page === pages} onPress={() => turn(1)} />
        </nav>
      ) : null}
      <div className="file-page">
        {drawn.is === "coming" ? <Skeleton label={t`Drawing the page`} lines={10} /> : null}
        {drawn.is === "there" ? <img src={drawn.url} alt={describe(drawn.page)} /> : null}
        {drawn.is === "none" ? (
          <EmptyState icon="papers" title={t`This file cannot be shown here.`}>
            <Trans>Download it to look at it in the program it was made with.</Trans>
          </EmptyState>
        ) : null}
        {drawn.is === "refused" ? <ProblemNote problem={drawn.problem} /> : null}
      </div>
    </Dialog>
  );
}
