import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused, request, Unreachable } from "./client";
import { send } from "./commands";
import { Intention } from "./intention";

const fetched = vi.fn<typeof fetch>();

function answer(status: number, body: unknown, type = "application/json") {
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { "content-type": type } });
}

function bodies(): { command_id: string; text: string }[] {
  return fetched.mock.calls.map(([, init]) => JSON.parse(init?.body as string) as { command_id: string; text: string });
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetched);
  fetched.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a refusal carries the server's code, sentence and next step", async () => {
  const problem = { status: 409, code: "talks-are-paused", title: "The joint conversation is paused.", next: "Wait." };
  fetched.mockResolvedValueOnce(answer(409, problem, "application/problem+json"));
  await expect(request("POST", "/api/x", { body: {} })).rejects.toMatchObject({ problem });
});

test("an answer without a problem document is still a refusal with a code", async () => {
  fetched.mockResolvedValueOnce(new Response("<html>", { status: 418 }));
  const error: unknown = await request("GET", "/api/x").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refused);
  expect((error as Refused).problem.code).toBe("http-418");
});

test("a command that found nobody is sent again with the same id and the same words", async () => {
  fetched.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(answer(503, {})).mockResolvedValueOnce(answer(201, { command_id: "1", written: [] }));
  const retries: number[] = [];
  const sent = send("c", "messages", "0123456789abcdef0123456789abcdef", { room: "joint", text: "Hello", form: "message" }, { onRetry: (n) => retries.push(n) });
  await vi.runAllTimersAsync();
  await sent;
  expect(bodies().map((one) => one.command_id)).toEqual(Array(3).fill("0123456789abcdef0123456789abcdef"));
  expect(bodies().map((one) => one.text)).toEqual(["Hello", "Hello", "Hello"]);
  expect(retries).toEqual([1, 2]);
});

test("a refused command is not sent again", async () => {
  fetched.mockResolvedValue(answer(409, { status: 409, code: "x", title: "No.", next: "Do." }));
  await expect(send("c", "pauses", "0".repeat(32), {})).rejects.toBeInstanceOf(Refused);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("after all tries it says that nobody could be reached", async () => {
  fetched.mockRejectedValue(new TypeError("network"));
  const outcome = send("c", "pauses", "0".repeat(32), {}).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  expect(await outcome).toBeInstanceOf(Unreachable);
});

test("the same words keep their id after silence, and get a new one after a no, other words, or success", () => {
  const intention = new Intention();
  const first = intention.idFor("messages", "Hello");
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  intention.failed(new Unreachable(null));
  expect(intention.idFor("messages", "Hello")).toBe(first);
  expect(intention.idFor("messages", "Hello!")).not.toBe(first);
  const other = intention.idFor("messages", "Hello!");
  intention.failed(new Refused({ status: 409, code: "x", title: "", next: "" }));
  const third = intention.idFor("messages", "Hello!");
  expect(third).not.toBe(other);
  intention.done();
  expect(intention.idFor("messages", "Hello!")).not.toBe(third);
});
