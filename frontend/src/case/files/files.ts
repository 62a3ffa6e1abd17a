/** Files as a person meets them: how large, of what kind, which can be looked at here. */
import type { CaseView, FileView } from "../../api/types";
import type { IconName } from "../../ui";

const STEPS = [
  ["megabyte", 1_000_000],
  ["kilobyte", 1_000],
] as const;

/** "2.4 MB" as the reader writes numbers; never "0". */
export function sizeWords(bytes: number, locale: string): string {
  const [unit, length] = STEPS.find(([, step]) => bytes >= step) ?? (["kilobyte", 1_000] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: unit === "megabyte" ? 1 : 0 }).format(
    Math.max(bytes / length, 1),
  );
}

export function isPicture(mediaType: string): boolean {
  return mediaType.startsWith("image/");
}

/** Whether the server may be able to draw it; the last word is the server's. */
export function mayBeDrawn(mediaType: string): boolean {
  return isPicture(mediaType) || mediaType === "application/pdf";
}

export function fileIcon(mediaType: string): IconName {
  return isPicture(mediaType) ? "picture" : "papers";
}

/** The latest first, as one looks for what has just been added. */
export function filesIn(view: CaseView, room: string): readonly FileView[] {
  return view.files.filter((one) => one.room === room).sort((a, b) => b.at.localeCompare(a.at));
}
