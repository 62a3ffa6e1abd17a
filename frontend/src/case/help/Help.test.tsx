import { fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { aCase, amara } from "../../testing/aCase";
import { show } from "../../testing/show";
import { Help } from "./Help";

const offered = () => [...document.querySelectorAll(".help-title")].map((one) => one.textContent);

afterEach(() => vi.unstubAllGlobals());

describe("help and safety", () => {
  it("offers a client at the table everything in one list", () => {
    show(<Help view={aCase({ allowed_actions: ["Pause", "ReportAbuse", "RefuseMediator", "Leave"] })} onClose={() => undefined} />);
    expect(offered()).toEqual([
      "Write to the mediator privately",
      "Take a break",
      "Something went too far",
      "Ask for another mediator",
      "Complain about the mediator",
      "What if we can’t agree?",
      "Download everything",
      "What is kept, and for how long",
      "Leave the mediation",
    ]);
  });

  it("offers the mediator no complaint about themselves", () => {
    const me = { participant: amara, name: "Dr Amara Okafor", role: "mediator", party: null, may_agree: false } as const;
    show(<Help view={aCase({ me, allowed_actions: ["Pause", "Leave"] })} onClose={() => undefined} />);
    expect(offered()).not.toContain("Complain about the mediator");
    expect(offered()).toContain("Take a break");
  });

  it("says before a complaint is written who reads it, and afterwards under which number", async () => {
    const asked = vi.fn<(path: string, options: RequestInit) => Promise<Response>>(() => Promise.resolve(Response.json({ reference: "88531A44", to: "Harbour Mediation" })));
    vi.stubGlobal("fetch", asked);
    show(<Help view={aCase()} onClose={() => undefined} />);
    fireEvent.click(screen.getByRole("button", { name: /^Complain about the mediator/ }));
    expect(screen.getByText(/The mediator does not read it and is not told of it/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Send the complaint" }));
    expect(asked).not.toHaveBeenCalled();
    fireEvent.change(screen.getByRole("textbox"), { target: { value: "An hour late, twice." } });
    fireEvent.click(screen.getByRole("button", { name: "Send the complaint" }));
    expect(await screen.findByText(/Harbour Mediation reads it.\s+Your reference is 88531A44/)).toBeTruthy();
    expect(asked.mock.calls[0]?.[0]).toBe(`/api/cases/${aCase().case}/complaints`);
  });

  it("says so when no organisation has sent the mediator", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ reference: "88531A44", to: null })));
    show(<Help view={aCase()} onClose={() => undefined} />);
    fireEvent.click(screen.getByRole("button", { name: /^Complain about the mediator/ }));
    fireEvent.change(screen.getByRole("textbox"), { target: { value: "An hour late, twice." } });
    fireEvent.click(screen.getByRole("button", { name: "Send the complaint" }));
    expect(await screen.findByText(/The people who run this portal read it./)).toBeTruthy();
  });

  it("says truthfully who else reads a report: whoever shares the private room with the mediator", () => {
    const alone = aCase({ allowed_actions: ["ReportAbuse"] });
    show(<Help view={alone} onClose={() => undefined} />);
    fireEvent.click(screen.getByRole("button", { name: /^Something went too far/ }));
    expect(screen.getByText(/^Only Dr Amara Okafor reads this/)).toBeTruthy();
  });
});
