/** Whether this browser has shown the case on one page to whoever was brought in. A convenience, and kept nowhere else. */

const KEY = "brief read ";

export function hasReadBrief(caseId: string): boolean {
  try {
    return localStorage.getItem(KEY + caseId) !== null;
  } catch {
    return false;
  }
}

export function noteBriefRead(caseId: string): void {
  try {
    localStorage.setItem(KEY + caseId, "yes");
  } catch {
    // Then it is offered again next time.
  }
}
