import { expect, test } from "vitest";
import { savingOf, type SavingFacts } from "./saving";

const calm: SavingFacts = { connected: true, opened: true, unsaved: 0, denied: false, refused: false, others: 0, othersUpToDate: 0 };
const say = (facts: Partial<SavingFacts>) => savingOf({ ...calm, ...facts });

test("nothing is called saved while an acknowledgement is out", () => {
  expect(say({ unsaved: 1, others: 1, othersUpToDate: 1 })).toBe("editing");
});

test("saved is not yet everyone", () => {
  expect(say({ others: 2, othersUpToDate: 1 })).toBe("saved");
  expect(say({ others: 2, othersUpToDate: 2 })).toBe("everyone-has-it");
});

test("alone, nobody is said to have it", () => {
  expect(say({})).toBe("saved");
});

test("offline it tells whether anything would be lost", () => {
  expect(say({ connected: false, unsaved: 3 })).toBe("offline-unsaved");
  expect(say({ connected: false, others: 1, othersUpToDate: 1 })).toBe("offline-saved");
});

test("words that the server did not take are never called saved, whatever else is", () => {
  expect(say({ refused: true })).toBe("refused");
  expect(say({ refused: true, connected: false })).toBe("refused");
});

test("before the text has come, and when it may not come, nothing is claimed", () => {
  expect(say({ opened: false, unsaved: 1 })).toBe("opening");
  expect(say({ denied: true })).toBe("denied");
});
