/** Files of a room: sent in pieces so that a cut costs little, and read back as attachments or drawn pages. */
import { Refused, request } from "./client";
import type { FileOrigin } from "./types";

export interface Upload {
  upload: string;
  /** Bytes that the server holds already. */
  received: number;
  /** The most bytes it takes in one go. */
  piece: number;
}

export interface NewUpload {
  room: string;
  name: string;
  size: number;
  origin: FileOrigin;
}

/** Safe to repeat: the same `commandId` is the same upload. */
export function beginUpload(caseId: string, commandId: string, fields: NewUpload, signal?: AbortSignal): Promise<Upload> {
  return request("POST", `/api/cases/${caseId}/uploads`, { body: { ...fields, command_id: commandId }, tries: 5, ...(signal === undefined ? {} : { signal }) });
}

/** How far it came; throws `Refused` when the server has forgotten it. */
export function uploadSoFar(caseId: string, upload: string, signal?: AbortSignal): Promise<{ received: number; size: number }> {
  return request("GET", `/api/cases/${caseId}/uploads/${upload}`, signal === undefined ? {} : { signal });
}

/** One piece at its place. Not tried again by itself: after silence one asks first how far it came. */
export function sendPiece(caseId: string, upload: string, offset: number, bytes: Blob, signal?: AbortSignal): Promise<{ received: number }> {
  return request("PUT", `/api/cases/${caseId}/uploads/${upload}?offset=${offset}`, { bytes, ...(signal === undefined ? {} : { signal }) });
}

export function dropUpload(caseId: string, upload: string): Promise<void> {
  return request("DELETE", `/api/cases/${caseId}/uploads/${upload}`, { tries: 3 });
}

/** Make a whole upload a file of its room. `sha256` is the browser's own reckoning; the server compares. */
export function finishUpload(caseId: string, commandId: string, upload: string, sha256: string, signal?: AbortSignal): Promise<{ file: string }> {
  return request("POST", `/api/cases/${caseId}/files`, { body: { upload, sha256, command_id: commandId }, tries: 7, ...(signal === undefined ? {} : { signal }) });
}

export function fileUrl(caseId: string, file: string): string {
  return `/api/cases/${caseId}/files/${file}`;
}

export interface DrawnPage {
  picture: Blob;
  /** Of the whole file. */
  pages: number;
}

/** A page as a picture made by the server, so that nothing of the file itself runs here; `null` when there is none. */
export async function drawPage(caseId: string, file: string, page: number, signal: AbortSignal): Promise<DrawnPage | null> {
  const response = await fetch(`${fileUrl(caseId, file)}/preview?page=${page}`, { credentials: "same-origin", headers: { accept: "image/webp, application/problem+json" }, signal });
  if (response.status === 404) return null;
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { code?: string; title?: string; next?: string };
    throw new Refused({ status: response.status, code: problem.code ?? `http-${response.status}`, title: problem.title ?? "", next: problem.next ?? "" });
  }
  return { picture: await response.blob(), pages: Math.max(1, Number(response.headers.get("x-pages") ?? "1")) };
}
