import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { SigningView } from "../../../api/types";
import { aCase, jonas } from "../../../testing/aCase";
import { show } from "../../../testing/show";
import { SignForm } from "./SignForm";

const signing: SigningView = {
  document: "settlement.1",
  text_hash: "e".repeat(64),
  partial: false,
  frozen_at: "2026-11-21T10:00:00.000Z",
  sign_from: "2026-11-21T10:00:00.000Z",
  days_to_withdraw: 0,
  waived: false,
  signatures: [],
  effective_from: null,
  effective_at: null,
  language: null,
};

// No server answers here, and none is waited for.
beforeEach(() => vi.stubGlobal("fetch", () => new Promise(() => undefined)));

/** Jonas, who signs for the business, where it named these people as able to agree. */
function asHandler(can_agree: string[] | null) {
  const view = aCase();
  return { ...view, me: { ...view.me, participant: jonas, party: "business" as const, name: "Jonas Weidt" }, parties: view.parties.map((one) => (one.party === "business" ? { ...one, can_agree } : one)) };
}

test.each([
  [[jonas], /named by Larkspur Studio GmbH as able to agree for it$/i],
  [[], /^(?!.*named by)/i],
  [null, /^(?!.*named by)/i],
])("what lets a handler sign is written down as the side declared it (%j)", (declared, expected) => {
  show(<SignForm view={asHandler(declared)} signing={signing} amounts={[]} />);
  const field: HTMLInputElement = screen.getByRole("textbox", { name: "What lets you sign for Larkspur Studio GmbH" });
  expect(field.value).toMatch(expected);
});
