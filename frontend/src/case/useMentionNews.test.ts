import { expect, test } from "vitest";
import type { Entry } from "../api/wire";
import { callsIn } from "./useMentionNews";

const entry = (seq: number, kind: string, actor: string, body: Record<string, unknown>) => ({ room: "joint", seq, at: "2026-11-22T04:00:00.000Z", kind, actor, body }) as unknown as Entry;

test("whoever is called by somebody else is told once, and where", () => {
  const entries = [
    entry(1, "MessagePosted", "lucia", { text: "@Jonas", mentions: ["jonas"] }),
    entry(2, "MessagePosted", "lucia", { text: "@Jonas", mentions: ["jonas"] }),
    entry(3, "MessagePosted", "jonas", { text: "@Lucia", mentions: ["lucia"] }),
    entry(4, "CommentPosted", "lucia", { comment: "c2", in_answer_to: "c1", mentions: ["amara", "jonas"] }),
    entry(5, "CommentPosted", "lucia", { comment: "c3", in_answer_to: null, mentions: ["jonas"] }),
    entry(6, "MessagePosted", "lucia", { text: "of an earlier release" }),
    { room: "joint", seq: 7, erased: true } as unknown as Entry,
  ];
  expect(callsIn(entries, 1, "joint", "jonas").map(({ seq, thread }) => [seq, thread])).toEqual([
    [2, null],
    [4, "c1"],
    [5, "c3"],
  ]);
});
