import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";
import { countUpToDate, Telling } from "./heard";

/** Two browsers on one text; what one writes and tells reaches the other only when a test says so. */
function browser() {
  const doc = new Doc();
  const awareness = new Awareness(doc);
  return { doc, awareness, telling: new Telling(doc, awareness) };
}

function tell(from: ReturnType<typeof browser>, to: ReturnType<typeof browser>) {
  applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, [from.doc.clientID]), "test");
}

let anna: ReturnType<typeof browser>;
let ben: ReturnType<typeof browser>;
beforeEach(() => {
  vi.useFakeTimers();
  anna = browser();
  ben = browser();
  tell(anna, ben);
  tell(ben, anna);
});
afterEach(() => {
  for (const one of [anna, ben]) {
    one.telling.stop();
    one.awareness.destroy();
  }
  vi.useRealTimers();
});

test("the other has it only once they themselves have said so", () => {
  anna.doc.getText("t").insert(0, "Payment within 14 days");
  expect(countUpToDate(anna.doc, anna.awareness)).toEqual({ others: 1, upToDate: 0 });

  applyUpdate(ben.doc, encodeStateAsUpdate(anna.doc));
  expect(countUpToDate(anna.doc, anna.awareness).upToDate).toBe(0);

  vi.advanceTimersByTime(1_000);
  tell(ben, anna);
  expect(countUpToDate(anna.doc, anna.awareness)).toEqual({ others: 1, upToDate: 1 });
});

test("writing on makes it untrue again until they have that too", () => {
  anna.doc.getText("t").insert(0, "Payment");
  applyUpdate(ben.doc, encodeStateAsUpdate(anna.doc));
  vi.advanceTimersByTime(1_000);
  tell(ben, anna);
  anna.doc.getText("t").insert(0, "Full ");
  expect(countUpToDate(anna.doc, anna.awareness).upToDate).toBe(0);
});

test("a caret is told at once, and telling what is held does not disturb it", () => {
  anna.telling.caretIs({ anchor: { a: 1 }, head: { a: 2 } });
  expect(anna.awareness.getLocalState()?.["cursor"]).toMatchObject({ anchor: { a: 1 }, head: { a: 2 } });
  applyUpdate(anna.doc, (() => {
    ben.doc.getText("t").insert(0, "x");
    return encodeStateAsUpdate(ben.doc);
  })());
  vi.advanceTimersByTime(1_000);
  expect(anna.awareness.getLocalState()?.["cursor"]).toMatchObject({ anchor: { a: 1 }, held: { [String(ben.doc.clientID)]: 1 } });
});
