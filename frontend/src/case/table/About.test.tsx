import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { aCase } from "../../testing/aCase";
import { show } from "../../testing/show";
import { About } from "./About";

const view = aCase({ process: "talks", began_at: null, mediator: null, since: "Since July", wish: "A credit for the lost weeks", answer_by: "2026-12-02" });

describe("what a case is about", () => {
  it("is told in the words of whoever opened it", () => {
    show(<About view={view} />);
    expect(screen.getByText("Since July")).toBeTruthy();
    expect(screen.getByText("A credit for the lost weeks")).toBeTruthy();
  });

  it("says until when the business is asked to answer, as long as it is", () => {
    const { unmount } = show(<About view={view} />);
    expect(screen.getByText(/Larkspur Studio GmbH is asked to answer by/)).toBeTruthy();
    unmount();
    show(<About view={{ ...view, answer_by: null }} />);
    expect(screen.queryByText(/is asked to answer by/)).toBeNull();
  });
});
