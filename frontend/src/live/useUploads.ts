/** The files on their way into the rooms of a case, shared by every screen of it. */
import { useSyncExternalStore } from "react";
import { newCommandId } from "../api/client";
import { draftKey, readDraft, writeDraft } from "../api/drafts";
import { beginUpload, dropUpload, finishUpload, sendPiece, uploadSoFar } from "../api/files";
import { Uploads, type UploadState } from "./uploads";
import { onFarewell } from "./useAccount";

const byCase = new Map<string, Uploads>();
onFarewell(() => {
  for (const uploads of byCase.values()) uploads.forget();
  byCase.clear();
});

const hurries = new Set<() => void>();

window.addEventListener("online", () => hurries.forEach((hurry) => hurry()));
window.addEventListener("beforeunload", (event) => {
  const isBusy = [...byCase.values()].some((one) => one.snapshot().some(({ phase }) => phase === "sending" || phase === "checking"));
  if (isBusy) event.preventDefault();
});

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      hurries.delete(end);
      if (signal.aborted) reject(new DOMException("aborted", "AbortError"));
      else resolve();
    };
    const timer = setTimeout(end, ms);
    hurries.add(end);
    signal.addEventListener("abort", end, { once: true });
  });
}

/** Lower-case hex of the SHA-256; the browser reckons it beside the page, so nothing stands still. */
async function sha256(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function uploadsOf(caseId: string): Uploads {
  const known = byCase.get(caseId);
  if (known !== undefined) return known;
  // Kept with the drafts, so that whoever signs out leaves no name of a file behind.
  const at = draftKey(caseId, "files", "uploads");
  const made = new Uploads({
    begin: (id, fields, signal) => beginUpload(caseId, id, fields, signal),
    soFar: (upload, signal) => uploadSoFar(caseId, upload, signal),
    send: (upload, offset, bytes, signal) => sendPiece(caseId, upload, offset, bytes, signal),
    finish: (id, upload, hash, signal) => finishUpload(caseId, id, upload, hash, signal),
    drop: (upload) => dropUpload(caseId, upload),
    hash: sha256,
    newId: newCommandId,
    wait,
    keep: (kept) => writeDraft(at, kept),
    kept: () => readDraft(at),
  });
  byCase.set(caseId, made);
  return made;
}

export function useUploads(caseId: string): readonly UploadState[] {
  const uploads = uploadsOf(caseId);
  return useSyncExternalStore(uploads.subscribe, uploads.snapshot);
}
