import { afterEach } from "vitest";
import { cleanup } from "@testing-library/react";

afterEach(() => {
  // Some tests read files and need no page.
  if (typeof document === "undefined") return;
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
});
