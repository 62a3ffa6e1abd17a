import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { LookedUp } from "../api/lookUp";
import { show } from "../testing/show";
import { toHex } from "../verify/hashing";
import { LookUpPage } from "./LookUpPage";

const PAPER = "%PDF-1.7 a certificate";

async function digest(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

async function aPaper(): Promise<LookedUp> {
  return {
    paper: "certificate",
    language: "de",
    sha256: await digest(PAPER),
    size: PAPER.length,
    sealed_at: "2026-11-21T10:00:00Z",
    checkpoint: 7,
    checkpoint_sha256: "c".repeat(64),
    checkpoint_at: "2026-11-21T09:59:00Z",
    sealed_by: 8,
    sealed_by_sha256: "d".repeat(64),
    key: "e".repeat(64),
  };
}

function answering(status: number, body: unknown) {
  const asked = vi.fn<typeof fetch>(() =>
    Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" } })),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
}

function ask(code: string) {
  fireEvent.change(screen.getByLabelText("Code"), { target: { value: code } });
  fireEvent.click(screen.getByRole("button", { name: "Look it up" }));
}

function choose(container: HTMLElement, file: File) {
  const field = container.querySelector<HTMLInputElement>("input[type=file]");
  if (field === null) throw new Error("nowhere to choose a file");
  fireEvent.change(field, { target: { files: [file] } });
}

afterEach(() => vi.unstubAllGlobals());

describe("looking a paper up", () => {
  it("shows what the record says, and tells the paper itself from another file without sending either", async () => {
    const asked = answering(200, await aPaper());
    const { container } = show(<LookUpPage />);
    ask("7k3qz 9xw2m abcde 12345");
    expect(await screen.findByText("How a mediation ended")).toBeTruthy();
    expect(screen.getByText("c".repeat(64))).toBeTruthy();
    choose(container, new File([PAPER], "certificate.pdf"));
    expect(await screen.findByText("This is that paper, to the byte.")).toBeTruthy();
    choose(container, new File([PAPER.replace("7", "8")], "other.pdf"));
    expect(await screen.findByText("This file is not that paper.")).toBeTruthy();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked.mock.calls[0]?.[1]?.body).toBe(JSON.stringify({ code: "7k3qz 9xw2m abcde 12345" }));
  });

  it("says so when no paper bears the code, and asks for a whole one first", async () => {
    const asked = answering(404, { status: 404, code: "look-up-unknown", title: "No paper of this portal bears this code.", next: "Compare it." });
    show(<LookUpPage />);
    ask("7K3QZ");
    expect(screen.getByText(/A code has 20 letters and digits/)).toBeTruthy();
    expect(asked).not.toHaveBeenCalled();
    ask("7K3QZ-9XW2M-ABCDE-12345");
    await waitFor(() => expect(screen.getByText("No paper of this portal bears this code.")).toBeTruthy());
  });
});
