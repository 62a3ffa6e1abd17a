import { afterEach } from "vitest";

// Tests of rules alone have no page (vite.config.ts), and do not wait for what draws one.
if (typeof document !== "undefined") {
  const { cleanup } = await import("@testing-library/react");
  afterEach(() => {
    cleanup();
    sessionStorage.clear();
    localStorage.clear();
  });
}
