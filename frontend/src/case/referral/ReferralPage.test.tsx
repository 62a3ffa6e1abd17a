import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { CaseView, ProceedingsView, ReferralText, ReferralView } from "../../api/types";
import type { CaseState } from "../../live/feed";
import { aCase, jonas } from "../../testing/aCase";
import { show } from "../../testing/show";
import { ReferralPage } from "./ReferralPage";

const TEXT: ReferralText = {
  kind: "arbitration",
  provider: "icc",
  institution: "International Chamber of Commerce (ICC)",
  rules: "ICC Rules of Arbitration 2021",
  seat: "Hamburg",
  language: "German",
  cost: "Each side advances half.",
  court_stays_open: false,
  binding: true,
  relied_on: "",
  description: "It went live seven weeks late.",
  claim: "",
  value: null,
  relief: "",
  procedure: "",
};

function aReferral(change: Partial<ReferralView> = {}): ReferralView {
  return {
    referral: "1".repeat(32),
    party: "business",
    by: jonas,
    at: "2026-11-22T08:00:00.000Z",
    state: "open",
    text: TEXT,
    terms_sha256: "a".repeat(64),
    answers: [],
    gaps: [],
    pack_sha256: "b".repeat(64),
    exhibits: [],
    choosable: [],
    sent_at: null,
    sent_by: null,
    outcomes: [],
    can: ["AgreeToReferral", "RefuseReferral"],
    ...change,
  };
}

const ICC: ProceedingsView = { kind: "arbitration", binds: "always", provider: "icc", name: "International Chamber of Commerce (ICC)", rules: "ICC Rules of Arbitration", asks: ["relief"] };
const OTHER: ProceedingsView = { kind: "arbitration", binds: "always", provider: "generic", name: "", rules: "", asks: ["relief"] };
const HELP: ProceedingsView = { kind: "another-mediation", binds: "never", provider: "generic", name: "", rules: "", asks: ["description"] };

/** The page as the client sees it, and what their presses sent. */
function shown(referrals: readonly ReferralView[], change: Partial<CaseView> = {}, proceedings: ProceedingsView[] = []) {
  const asked = vi.fn<typeof fetch>(() => Promise.resolve(Response.json({ command_id: "0", written: [] })));
  vi.stubGlobal("fetch", asked);
  const view = aCase({ tier: "referral", referral: { referrals: [...referrals], contacts: [], proceedings }, ...change });
  show(<ReferralPage view={view} live={{} as CaseState} />);
  return { sent: () => asked.mock.calls.map(([path, sent]) => [(path as string).split("/").at(-1), JSON.parse(sent?.body as string) as Record<string, unknown>]) };
}

const CONSUMER = {
  parties: [
    { party: "business", name: "Larkspur Studio GmbH", place: "", capacity: "business", can_agree: null, to_call: "" },
    { party: "client", name: "Lucia Pirelli", place: "", capacity: "consumer", can_agree: null, to_call: "" },
  ],
} satisfies Partial<CaseView>;

afterEach(() => vi.unstubAllGlobals());

test("a consumer reads beside the button that they may say no and lose nothing, and their no is one press", () => {
  const { sent } = shown([aReferral()], CONSUMER);
  expect(screen.getByText(/You may say no and lose nothing/)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "No, thank you" }));
  expect(sent()).toEqual([["referral-refusals", expect.objectContaining({ referral: "1".repeat(32) })]]);
});

test("a yes is asked once more with every term by its name, and names the terms that were read", () => {
  const { sent } = shown([aReferral()]);
  fireEvent.click(screen.getByRole("button", { name: "Agree to these terms" }));
  const dialog = within(screen.getByRole("alertdialog"));
  for (const said of [TEXT.institution, TEXT.rules, TEXT.seat, TEXT.language, TEXT.cost, /binds both sides/, /as far as the law allows/]) expect(dialog.getByText(said)).toBeDefined();
  fireEvent.click(dialog.getByRole("button", { name: "Yes, our side agrees" }));
  expect(sent()).toEqual([["referral-assents", expect.objectContaining({ terms_sha256: "a".repeat(64) })]]);
});

const GAPS = [
  { field: "relief", party: null },
  { field: "contact", party: "business" },
] satisfies ReferralView["gaps"];

test("a gap tells whoever can fill it what to do, and the other side what is missing", () => {
  shown([aReferral({ gaps: GAPS, party: "client" })]);
  expect(screen.getByText(/Say what should be decided or done/)).toBeDefined();
  expect(screen.getByText(/Larkspur Studio GmbH has not said where it can be reached/)).toBeDefined();
});

test("nobody is told to write what only the other side can", () => {
  shown([aReferral({ gaps: GAPS })]);
  expect(screen.getAllByText("What should be decided").length).toBeGreaterThan(1);
  expect(screen.queryByText(/Say what should be decided or done/)).toBeNull();
});

test("whoever may do nothing here has no buttons, and what was sent is there to save", () => {
  shown([aReferral({ state: "sent", sent_at: "2026-11-22T09:00:00.000Z", sent_by: "business", can: [] })]);
  expect(screen.queryByRole("button")).toBeNull();
  const zip = screen.getByRole("link", { name: /ZIP/ });
  expect(zip.getAttribute("href")).toContain("/pack.zip");
});

test("where nobody mediates, a side ends here what was sent on, and nobody is asked to who may not", () => {
  const sentOn = aReferral({ state: "sent", sent_at: "2026-11-22T09:00:00.000Z", sent_by: "business", can: [] });
  const { sent } = shown([sentOn], { mediator: null, allowed_actions: ["EndMediation"] });
  fireEvent.click(screen.getByRole("button", { name: "End it here as passed on" }));
  const dialog = within(screen.getByRole("alertdialog"));
  expect(dialog.getByText(/never say why, or who ended it here/)).toBeDefined();
  expect(dialog.getByText(/Legal time limits may be running/)).toBeDefined();
  fireEvent.click(dialog.getByRole("button", { name: "End it and record the date" }));
  expect(sent()).toEqual([["endings", expect.objectContaining({ outcome: "referred" })]]);
});

test("before both sides have taken the step there is nothing to propose", () => {
  shown([], { tier: "mediation" });
  expect(screen.getByText(/Both sides take this step together/)).toBeDefined();
  expect(screen.queryByRole("button", { name: /Propose/ })).toBeNull();
});

test("what never binds is not asked about, and what always does is said as it is", () => {
  const { sent } = shown([], { allowed_actions: ["ProposeReferral"] }, [ICC, OTHER, HELP]);
  fireEvent.click(screen.getByRole("button", { name: "Propose who should decide or help" }));
  fireEvent.click(screen.getByRole("radio", { name: /^Another mediation/ }));
  expect(screen.queryByText("Should it bind?")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Put this to the other side" }));
  const [[collection, body]] = sent() as [[string, { proposal: ReferralText }]];
  expect(collection).toBe("referrals");
  expect(body.proposal).toMatchObject({ kind: "another-mediation", binding: false, court_stays_open: true, description: "The ordering site went live seven weeks late." });
});

test("a proposal that binds is not sent before it says whether the courts stay open", () => {
  const { sent } = shown([], { allowed_actions: ["ProposeReferral"] }, [ICC, OTHER, HELP]);
  fireEvent.click(screen.getByRole("button", { name: "Propose who should decide or help" }));
  fireEvent.click(screen.getByRole("radio", { name: /^Arbitration/ }));
  fireEvent.click(screen.getByRole("button", { name: "Put this to the other side" }));
  expect(sent()).toEqual([]);
  expect(screen.getByText("Say yes or no.")).toBeDefined();
  fireEvent.click(screen.getByRole("radio", { name: /^No, as far as the law allows/ }));
  fireEvent.click(screen.getByRole("button", { name: "Put this to the other side" }));
  expect(sent()).toHaveLength(1);
});
