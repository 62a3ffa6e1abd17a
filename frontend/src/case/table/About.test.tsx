import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { NOTHING_YET } from "../../live/feed";
import { aCase, jonas, lucia } from "../../testing/aCase";
import { show } from "../../testing/show";
import { About } from "./About";

const view = aCase({ process: "talks", began_at: null, mediator: null, since: "Since July", wish: "A credit for the lost weeks", answer_by: "2026-12-02T00:00:00.000Z" });
const wrote = (actor: string) => ({ seq: 1, at: "2026-11-21T10:00:00.000Z", actor, kind: "MessagePosted", body: { text: "…", form: "message" } });

describe("what a case is about", () => {
  it("is told in the words of whoever opened it", () => {
    show(<About view={view} live={NOTHING_YET} />);
    expect(screen.getByText("Since July")).toBeTruthy();
    expect(screen.getByText("A credit for the lost weeks")).toBeTruthy();
  });

  it("says until when the business is asked to answer, and no longer once it has", () => {
    const { unmount } = show(<About view={view} live={{ ...NOTHING_YET, entriesByRoom: { talks: [wrote(lucia)] } }} />);
    expect(screen.getByText(/Larkspur Studio GmbH is asked to answer by/)).toBeTruthy();
    unmount();
    show(<About view={view} live={{ ...NOTHING_YET, entriesByRoom: { talks: [wrote(jonas)] } }} />);
    expect(screen.queryByText(/is asked to answer by/)).toBeNull();
  });
});
