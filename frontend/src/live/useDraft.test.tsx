import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { forgetDrafts } from "../api/drafts";
import { useDraft } from "./useDraft";

function draft(room: string) {
  return renderHook(({ now }) => useDraft("case1", now, "message"), { initialProps: { now: room } });
}

test("unsent words stay when the box goes away and comes back", () => {
  const box = draft("joint");
  act(() => box.result.current[1]("I would like to say"));
  box.unmount();
  expect(draft("joint").result.current[0]).toBe("I would like to say");
});

test("switching rooms never carries a draft along", () => {
  const box = draft("caucus-client");
  act(() => box.result.current[1]("Between us: we could pay 12,000"));
  box.rerender({ now: "joint" });
  expect(box.result.current[0]).toBe("");
  box.rerender({ now: "caucus-client" });
  expect(box.result.current[0]).toBe("Between us: we could pay 12,000");
});

test("signing out forgets what was not sent", () => {
  const box = draft("joint");
  act(() => box.result.current[1]("half a thought"));
  box.unmount();
  forgetDrafts();
  expect(draft("joint").result.current[0]).toBe("");
});
