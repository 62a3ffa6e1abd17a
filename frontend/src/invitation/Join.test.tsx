import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { show } from "../testing/show";
import { Join } from "./Join";

const PREVIEW = { state: "open", inviter: "Larkspur Studio GmbH", category: "timeline", verified: false, expires_at: "2026-12-05T00:00:00.000Z", case_id: null as string | null };
const FACTS = {
  title: "Website delivered seven weeks late",
  category: "timeline",
  account: "The ordering site went live in August.",
  inviter: "Jonas Weidt",
  inviter_party: "business",
  business: "Larkspur Studio GmbH",
  client: "Osteria Pirelli",
  mediator: "Dr Amara Okafor",
  fees: "The fee is shared equally.",
  operator: "Bremen Mediation e.V.",
  host_party: null,
  ladder: ["talks", "mediation", "management", "referral"],
  role: "principal",
  party: "client",
  still_until: null as string | null,
  suggested_name: "Lucia Pirelli",
  expires_at: "2026-12-05T00:00:00.000Z",
  earlier_cases: 2 as number | null,
};
const SEAT = { command_id: "1".repeat(32), case_id: "c".repeat(32), participant_id: "p".repeat(32) };

let answers: Record<string, unknown>;
const asked: { path: string; body: Record<string, unknown> }[] = [];

beforeEach(() => {
  asked.length = 0;
  answers = {
    "/api/invitations/preview": PREVIEW,
    "/api/invitations/code": { expires_at: new Date(Date.now() + 600_000).toISOString(), again_after_s: 45 },
    "/api/invitations/verify": { state: "open", case_id: null },
    "/api/invitations/first-page": FACTS,
    "/api/invitations/accept": SEAT,
    "/api/me": { account_id: "a", name: "Lucia", kind: "guest", email: null },
  };
  vi.stubGlobal("scrollTo", () => undefined);
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    asked.push({ path, body: typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {} });
    const answer = answers[path];
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer instanceof Response) return Promise.resolve(answer.clone());
    return Promise.resolve(new Response(answer === undefined ? null : JSON.stringify(answer), { status: answer === undefined ? 204 : 200 }));
  });
  history.replaceState(null, "", "/join#the-token");
});
afterEach(() => vi.unstubAllGlobals());

function press(name: string) {
  fireEvent.click(screen.getByRole("button", { name }));
}

function refuse(path: string, status: number, problem: object) {
  answers[path] = new Response(JSON.stringify({ status, ...problem }), { status });
}

function called(path: string) {
  return asked.filter((one) => one.path === `/api/invitations/${path}`);
}

async function askForTheCode() {
  show(<Join />);
  await screen.findByText(/invites you to settle a dispute/);
  press("Send me the code");
  return screen.findByRole("textbox", { name: "The six digits" });
}

function type(field: HTMLElement, text: string) {
  fireEvent.change(field, { target: { value: text } });
}

async function readFirstPage() {
  type(await askForTheCode(), "123456");
  await screen.findByText("Website delivered seven weeks late");
}

describe("an invitation", () => {
  test("shows a stranger who invites and the kind of dispute, and asks for nothing else", async () => {
    const { container } = show(<Join />);
    await screen.findByText("Larkspur Studio GmbH invites you to settle a dispute.");
    expect(container.textContent).toContain("Time and delays");
    expect(container.textContent).not.toContain("Osteria Pirelli");
    expect(container.textContent).not.toContain("Website");
    expect(asked.map((one) => one.path)).toEqual(["/api/invitations/preview"]);
  });

  test("keeps its token and its code out of every address", async () => {
    await readFirstPage();
    expect(asked.every((one) => !one.path.includes("the-token") && !one.path.includes("123456"))).toBe(true);
    expect(asked[0]?.body).toEqual({ token: "the-token" });
    expect(called("verify")[0]?.body).toEqual({ token: "the-token", code: "123456" });
  });

  test("that was cut in two says so, and asks nobody", () => {
    history.replaceState(null, "", "/join");
    show(<Join />);
    expect(screen.getByText("This link is not complete.")).toBeTruthy();
    expect(asked).toEqual([]);
  });

  test("pasted whole after a cut one begins afresh", async () => {
    history.replaceState(null, "", "/join");
    show(<Join />);
    screen.getByText("This link is not complete.");
    act(() => {
      history.replaceState(null, "", "/join#the-token");
      window.dispatchEvent(new PopStateEvent("popstate"));
    });
    expect(await screen.findByRole("button", { name: "Send me the code" })).toBeTruthy();
  });

  test("that no longer works says why and what to do", async () => {
    refuse("/api/invitations/preview", 410, { code: "invitation-expired", title: "This invitation has expired.", next: "Ask whoever invited you for a new link." });
    show(<Join />);
    await screen.findByText("This invitation has expired.");
    expect(screen.getByText("Ask whoever invited you for a new link.")).toBeTruthy();
  });

  test("needs no reason for a no, asks once, and lets it be taken back", async () => {
    show(<Join />);
    await screen.findByText(/invites you to settle a dispute/);
    press("This is not for me");
    fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Not for me" }));
    await screen.findByText("You said no, and that is fine.");
    expect(called("decline")[0]?.body).toEqual({ token: "the-token" });
    press("I have changed my mind");
    expect(await screen.findByRole("button", { name: "Send me the code" })).toBeTruthy();
  });

  test("that was accepted before lets its person in with a code, on any device", async () => {
    answers["/api/invitations/preview"] = { ...PREVIEW, state: "accepted" };
    answers["/api/invitations/verify"] = { state: "yours", case_id: SEAT.case_id };
    show(<Join />);
    await screen.findByText("Welcome back.");
    expect(screen.queryByRole("button", { name: "This is not for me" })).toBeNull();
    press("Send me the code");
    type(await screen.findByRole("textbox", { name: "The six digits" }), "123456");
    await waitFor(() => expect(location.pathname).toBe(`/cases/${SEAT.case_id}`));
    expect(called("first-page")).toEqual([]);
  });

  test("of whoever is signed in already leads straight to the case", async () => {
    answers["/api/invitations/preview"] = { ...PREVIEW, state: "yours", case_id: SEAT.case_id };
    show(<Join />);
    await waitFor(() => expect(location.pathname).toBe(`/cases/${SEAT.case_id}`));
    expect(called("code")).toEqual([]);
  });

  test("to an address whose account is signed in needs no code", async () => {
    answers["/api/invitations/preview"] = { ...PREVIEW, verified: true };
    show(<Join />);
    await screen.findByText("Website delivered seven weeks late");
    expect(called("code")).toEqual([]);
  });
});

describe("the code", () => {
  test("has the focus, the phone's own help and a keyboard of digits", async () => {
    const field = await askForTheCode();
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute("autocomplete")).toBe("one-time-code");
    expect(field.getAttribute("inputmode")).toBe("numeric");
  });

  test("is sent off once it is complete, also when it is pasted with spaces", async () => {
    const field = await askForTheCode();
    type(field, "1234");
    expect(called("verify")).toEqual([]);
    type(field, "123 456");
    await screen.findByText("Website delivered seven weeks late");
    expect(called("verify").map((one) => one.body["code"])).toEqual(["123456"]);
  });

  test("that is wrong says how many tries are left, and is cleared for the next", async () => {
    refuse("/api/invitations/verify", 422, { code: "code-wrong", title: "That is not the code.", next: "Look again.", tries_left: 3 });
    const field = await askForTheCode();
    type(field, "000000");
    await screen.findByText("That is not the code.");
    expect(screen.getByText("You have 3 more tries.")).toBeTruthy();
    expect((field as HTMLInputElement).value).toBe("");
    expect(document.activeElement).toBe(field);
  });

  test("that nobody could check stays, to be sent again", async () => {
    const field = await askForTheCode();
    answers["/api/invitations/verify"] = new Error("no network");
    type(field, "123456");
    await screen.findByText("We could not reach the portal.");
    expect((field as HTMLInputElement).value).toBe("123456");
    answers["/api/invitations/verify"] = { state: "open", case_id: null };
    press("Go on");
    expect(await screen.findByText("Website delivered seven weeks late")).toBeTruthy();
  });

  test("can be asked for again, but not at once", async () => {
    await askForTheCode();
    const again = screen.getByRole("button", { name: /^Send another in 0:4\d$/ });
    expect((again as HTMLButtonElement).disabled).toBe(true);
    cleanup();
    history.replaceState(null, "", "/join#the-token");
    answers["/api/invitations/code"] = { expires_at: new Date(Date.now() + 600_000).toISOString(), again_after_s: 0 };
    await askForTheCode();
    press("Send another code");
    await screen.findByText(/Another code is on its way/);
    expect(called("code")).toHaveLength(3);
  });

  test("can still be typed when the phone has loaded the page again meanwhile", async () => {
    await askForTheCode();
    cleanup();
    show(<Join />);
    expect(await screen.findByRole("textbox", { name: "The six digits" })).toBeTruthy();
    expect(called("code")).toHaveLength(1);
  });

  test("that has run out is not asked for any more", async () => {
    answers["/api/invitations/code"] = { expires_at: new Date(Date.now() - 1000).toISOString(), again_after_s: 0 };
    await askForTheCode();
    expect(await screen.findByText("This code has run out.")).toBeTruthy();
    cleanup();
    show(<Join />);
    expect(await screen.findByRole("button", { name: "Send me the code" })).toBeTruthy();
  });

  test("that cannot be sent now says so where it was asked for", async () => {
    refuse("/api/invitations/code", 429, { code: "too-many-tries", title: "That was too often in a short time.", next: "Wait a little, then try again." });
    show(<Join />);
    await screen.findByText(/invites you to settle a dispute/);
    press("Send me the code");
    await screen.findByText("Wait a little, then try again.");
    expect(screen.getByRole("button", { name: "Send me the code" })).toBeTruthy();
  });
});

describe("the first page", () => {
  test("tells everything that must be known before anything is accepted", async () => {
    await readFirstPage();
    for (const words of [
      /Jonas Weidt invites you about: Time and delays/,
      /The ordering site went live in August/,
      /takes no side, decides nothing and gives no legal advice/,
      /Dr Amara Okafor has had 2 earlier cases with Larkspur Studio GmbH here/,
      /The fee is shared equally/,
      /Bremen Mediation e\.V\. runs this site\. Whoever.*could technically read/,
      /You may leave at any moment/,
      /still go to court or complain elsewhere.*time limits may be running/,
      /Nothing binds you until you sign.*you get time to read the settlement/,
      /It goes to the other side only if you allow it/,
      /You need no lawyer.*Advice centres/,
      /What if we cannot agree/,
      /Going in agrees to nothing/,
    ]) {
      expect(document.body.textContent).toMatch(words);
    }
  });

  test("leaves five ways open", async () => {
    await readFirstPage();
    for (const way of ["Continue", "Ask the mediator privately", "Bring someone", "Another mediator", "Not for me"]) {
      expect(screen.getByRole("button", { name: way })).toBeTruthy();
    }
  });

  test("says so when the host is itself a side", async () => {
    answers["/api/invitations/first-page"] = { ...FACTS, host_party: "business" };
    await readFirstPage();
    expect(screen.getByText(/Larkspur Studio GmbH runs this site, and is itself one of the two sides/)).toBeTruthy();
  });

  test("says that there was no earlier case, and nothing of them where no mediator is", async () => {
    answers["/api/invitations/first-page"] = { ...FACTS, earlier_cases: 0 };
    await readFirstPage();
    expect(document.body.textContent).toContain("has had no earlier case with Larkspur Studio GmbH");
    cleanup();
    history.replaceState(null, "", "/join#the-token");
    answers["/api/invitations/first-page"] = { ...FACTS, mediator: null, earlier_cases: null };
    await readFirstPage();
    expect(document.body.textContent).not.toContain("earlier case");
    expect(screen.queryByRole("button", { name: "Another mediator" })).toBeNull();
  });

  test("takes a no as well, and lets it be taken back", async () => {
    await readFirstPage();
    press("Not for me");
    fireEvent.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Not for me" }));
    await screen.findByText("You said no, and that is fine.");
    expect(asked.at(-1)?.path).toBe("/api/invitations/decline");
  });
});

describe("going in", () => {
  test.each([
    ["Continue", "/agreement"],
    ["Ask the mediator privately", "/talk/caucus-client"],
    ["Bring someone", "/people"],
    ["Another mediator", "/agreement"],
  ])("by %s takes the seat once and leads to where that begins", async (way, page) => {
    await readFirstPage();
    type(screen.getByRole("textbox", { name: "Your name" }), "Lucia P.");
    press(way);
    await waitFor(() => expect(location.pathname).toBe(`/cases/${SEAT.case_id}${page}`));
    expect(called("accept").map((one) => one.body)).toEqual([{ token: "the-token", name: "Lucia P.", command_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string }]);
  });

  test("without a name is pointed out, and nothing is sent", async () => {
    await readFirstPage();
    type(screen.getByRole("textbox", { name: "Your name" }), "  ");
    press("Bring someone");
    expect(await screen.findByText("Write the name the others should see.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: /Your name/ }));
    expect(called("accept")).toEqual([]);
  });

  test("at the address of an account asks to sign in with it, and then goes on", async () => {
    await readFirstPage();
    refuse("/api/invitations/accept", 409, { code: "sign-in-instead", title: "There is an account with this address.", next: "Sign in with it, then open this link again." });
    press("Continue");
    await screen.findByText("You have an account here");
    type(await screen.findByRole("textbox", { name: "E-mail" }), "amara@okafor.example");
    type(screen.getByLabelText("Password"), "a quiet room with tea");
    answers["/api/sign-in"] = { account_id: "a", name: "Dr Amara Okafor", kind: "staff", email: "amara@okafor.example", administrator: false, language: "en" };
    answers["/api/invitations/preview"] = { ...PREVIEW, verified: true };
    press("Sign in");
    expect(await screen.findByRole("button", { name: "Continue" })).toBeTruthy();
    expect(location.pathname).toBe("/join");
  });

  test("tried again after silence is the same acceptance", async () => {
    await readFirstPage();
    refuse("/api/invitations/accept", 500, { code: "something-broke", title: "", next: "" });
    press("Continue");
    await screen.findByText("Something went wrong on our side.");
    answers["/api/invitations/accept"] = SEAT;
    press("Continue");
    await waitFor(() => expect(location.pathname).toBe(`/cases/${SEAT.case_id}/agreement`));
    const ids = called("accept").map((one) => one.body["command_id"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});
