import babel from "@rolldown/plugin-babel";
import { lingui, linguiTransformerBabelPreset } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const portal = process.env["MEDIATION_PORTAL"] ?? "http://localhost:8000";

export default defineConfig({
  plugins: [react(), lingui(), babel({ presets: [linguiTransformerBabelPreset()] })],
  build: {
    outDir: "dist",
    // The content security policy allows files only: nothing may be inlined into the page or into a stylesheet.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 8400,
    proxy: { "/api": { target: portal, ws: true, changeOrigin: false } },
  },
  preview: {
    port: 8401,
    proxy: { "/api": { target: portal, ws: true, changeOrigin: false } },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
  },
});
