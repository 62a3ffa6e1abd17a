import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { show } from "../testing/show";
import { Join } from "./Join";

const PREVIEW = { state: "open", inviter: "Larkspur Studio GmbH", category: "timeline", role: "principal", party: "client", expires_at: "2026-12-05T00:00:00.000Z", case_id: null };
const FACTS = {
  title: "Website delivered seven weeks late",
  category: "timeline",
  inviter: "Jonas Weidt",
  inviter_party: "business",
  business: "Larkspur Studio GmbH",
  client: "Osteria Pirelli",
  mediator: "Dr Amara Okafor",
  fees: "The fee is shared equally.",
  operator: "Bremen Mediation e.V.",
  host_party: null as string | null,
  ladder: ["talks", "mediation", "management", "referral"],
  role: "principal",
  party: "client",
  suggested_name: "Lucia Pirelli",
  expires_at: "2026-12-05T00:00:00.000Z",
};
const SEAT = { command_id: "1".repeat(32), case_id: "c".repeat(32), participant_id: "p".repeat(32) };

let answers: Record<string, unknown>;
const asked: { path: string; body: Record<string, unknown> }[] = [];

beforeEach(() => {
  asked.length = 0;
  answers = {
    "/api/invitations/preview": PREVIEW,
    "/api/invitations/first-page": FACTS,
    "/api/invitations/accept": SEAT,
    "/api/me": { account_id: "a", name: "Lucia", kind: "guest", email: null },
  };
  vi.stubGlobal("scrollTo", () => undefined);
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    asked.push({ path, body: typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : {} });
    const answer = answers[path];
    if (answer instanceof Response) return Promise.resolve(answer);
    return Promise.resolve(new Response(answer === undefined ? null : JSON.stringify(answer), { status: answer === undefined ? 204 : 200 }));
  });
  history.replaceState(null, "", "/join#the-token");
});
afterEach(() => vi.unstubAllGlobals());

function press(name: string) {
  fireEvent.click(screen.getByRole("button", { name }));
}

async function readFirstPage() {
  show(<Join />);
  await screen.findByText(/invites you to settle a dispute/);
  press("Read what this is");
  await screen.findByText("Website delivered seven weeks late");
}

describe("an invitation", () => {
  test("shows a stranger who invites and the kind of dispute, and nothing else", async () => {
    const { container } = show(<Join />);
    await screen.findByText("Larkspur Studio GmbH invites you to settle a dispute.");
    expect(container.textContent).toContain("Time and delays");
    expect(container.textContent).not.toContain("Osteria Pirelli");
    expect(container.textContent).not.toContain("Website");
  });

  test("keeps its token out of every address", async () => {
    await readFirstPage();
    expect(asked.every((one) => !one.path.includes("the-token"))).toBe(true);
    expect(asked[0]?.body).toEqual({ token: "the-token" });
  });

  test("that was cut in two says so, and asks nobody", () => {
    history.replaceState(null, "", "/join");
    show(<Join />);
    expect(screen.getByText("This link is not complete.")).toBeTruthy();
    expect(asked).toEqual([]);
  });

  test("that no longer works says why and what to do", async () => {
    answers["/api/invitations/preview"] = new Response(
      JSON.stringify({ status: 410, code: "invitation-expired", title: "This invitation has expired.", next: "Ask whoever invited you for a new link." }),
      { status: 410 },
    );
    show(<Join />);
    await screen.findByText("This invitation has expired.");
    expect(screen.getByText("Ask whoever invited you for a new link.")).toBeTruthy();
  });
});

describe("the first page", () => {
  test("tells everything that must be known before anything is accepted", async () => {
    await readFirstPage();
    for (const words of [
      /takes no side, decides nothing and gives no legal advice/,
      /The fee is shared equally/,
      /run by Bremen Mediation e\.V\..*could technically read/,
      /You may leave at any moment/,
      /still go to court or complain elsewhere.*time limits may be running/,
      /Nothing binds you until you sign/,
      /It goes to the other side only if you allow it/,
      /What if we cannot agree/,
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
    FACTS.host_party = "business";
    await readFirstPage();
    expect(screen.getByText(/run by Larkspur Studio GmbH, which is itself one of the two sides/)).toBeTruthy();
    FACTS.host_party = null;
  });

  test("a no needs no reason, asks once, and can be taken back", async () => {
    await readFirstPage();
    press("Not for me");
    const sure = await screen.findByRole("alertdialog");
    fireEvent.click(sure.querySelector(".button-primary") as HTMLElement);
    await screen.findByText("You said no, and that is fine.");
    expect(asked.at(-1)?.path).toBe("/api/invitations/decline");
    press("I have changed my mind");
    expect(await screen.findByRole("button", { name: "Continue" })).toBeTruthy();
  });
});

describe("going in", () => {
  test("takes a name and leads to the ground rules", async () => {
    await readFirstPage();
    press("Continue");
    fireEvent.change(await screen.findByRole("textbox", { name: "Your name" }), { target: { value: "Lucia P." } });
    press("Go in");
    await waitFor(() => expect(location.pathname).toBe(`/cases/${SEAT.case_id}/agreement`));
    expect(asked.find((one) => one.path.endsWith("/accept"))?.body).toMatchObject({ token: "the-token", name: "Lucia P." });
  });

  test("whoever wants a private word first is led to the mediator's room", async () => {
    await readFirstPage();
    press("Ask the mediator privately");
    await screen.findByRole("textbox", { name: "Your name" });
    press("Go in");
    await waitFor(() => expect(location.pathname).toBe(`/cases/${SEAT.case_id}/talk/caucus-client`));
  });

  test("an empty name is pointed out and nothing is sent", async () => {
    await readFirstPage();
    press("Continue");
    fireEvent.change(await screen.findByRole("textbox", { name: "Your name" }), { target: { value: "  " } });
    press("Go in");
    expect(await screen.findByText("Write the name the others should see.")).toBeTruthy();
    expect(asked.some((one) => one.path.endsWith("/accept"))).toBe(false);
  });
});
