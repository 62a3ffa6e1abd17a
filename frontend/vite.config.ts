import babel from "@rolldown/plugin-babel";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import type { ProxyOptions } from "vite";
import { defineConfig } from "vitest/config";
import { firstLoad } from "./firstLoad.ts";

const portal = process.env["MEDIATION_PORTAL"] ?? "http://localhost:8000";

/** The portal answers to its own pages alone, so while developing the requests say that they come from there. */
const toPortal: ProxyOptions = {
  target: portal,
  ws: true,
  changeOrigin: true,
  configure: (proxy) => {
    const comeFromPortal = (request: { setHeader: (name: string, value: string) => unknown }) => request.setHeader("origin", portal);
    proxy.on("proxyReq", comeFromPortal);
    proxy.on("proxyReqWs", comeFromPortal);
  },
};
const proxy = { "/api": toPortal, "/demo": toPortal };

export default defineConfig({
  plugins: [
    react(),
    lingui(),
    babel({ presets: [linguiTransformerBabelPreset()] }),
    firstLoad({
      pages: { "/join": "src/invitation/Join.tsx", "/to/…": "src/intake/Intake.tsx" },
      catalogues: /\/locales\/\w+\.po$/,
      budget: 150_000,
    }),
  ],
  build: {
    outDir: "dist",
    // The content security policy allows files only: nothing may be inlined into the page or into a stylesheet.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 8400,
    proxy,
  },
  preview: {
    port: 8401,
    proxy,
  },
  test: {
    // A page takes longer to set up than most tests: what draws none, and says so by its name, gets none.
    projects: [
      { extends: true, test: { name: "rules", environment: "node", isolate: false, include: ["src/**/*.test.ts"] } },
      { extends: true, test: { name: "screens", environment: "happy-dom", include: ["src/**/*.test.tsx"] } },
    ],
    setupFiles: ["src/testing/setup.ts"],
  },
});
