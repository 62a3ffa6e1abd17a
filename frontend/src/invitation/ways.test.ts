import { expect, test } from "vitest";
import { waysFor, whereTo } from "./ways";

const CASE = "c".repeat(32);

test("a client may go on, ask in private, bring someone or ask for another mediator", () => {
  expect(waysFor({ role: "principal", party: "client", mediator: "Dr Amara Okafor" })).toEqual(["continue", "private", "companion", "another-mediator"]);
});

test("without a mediator nobody is offered one to speak with", () => {
  expect(waysFor({ role: "principal", party: "client", mediator: null })).toEqual(["continue", "companion"]);
});

test("a mediator and a legal reader simply go on", () => {
  expect(waysFor({ role: "mediator", party: null, mediator: null })).toEqual(["continue"]);
  expect(waysFor({ role: "legal", party: null, mediator: "Dr Amara Okafor" })).toEqual(["continue"]);
});

test("each way leads to the page where it begins", () => {
  const facts = { role: "principal", party: "client", mediator: "Dr Amara Okafor" } as const;
  expect(whereTo(CASE, "private", facts)).toBe(`/cases/${CASE}/talk/caucus-client`);
  expect(whereTo(CASE, "companion", facts)).toBe(`/cases/${CASE}/people`);
  expect(whereTo(CASE, "another-mediator", facts)).toBe(`/cases/${CASE}/agreement`);
  expect(whereTo(CASE, "continue", facts)).toBe(`/cases/${CASE}/agreement`);
  expect(whereTo(CASE, "continue", { ...facts, mediator: null })).toBe(`/cases/${CASE}/talk/talks`);
  expect(whereTo(CASE, "continue", { role: "legal", party: null, mediator: null })).toBe(`/cases/${CASE}/papers`);
});
