import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** What is opened by people who are in; whoever reads an invitation on a phone waits for none of its words. */
const WORKSPACE = ["src/case", "src/drafting", "src/admin"];
const OF_TESTS = ["**/*.test.*", "src/testing/**"];

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "de"],
  catalogs: [
    { path: "src/text/locales/{locale}", include: ["src"], exclude: [...OF_TESTS, ...WORKSPACE.map((folder) => `${folder}/**`)] },
    { path: "src/text/locales/workspace/{locale}", include: WORKSPACE, exclude: OF_TESTS },
  ],
  // Line numbers would make every unrelated edit a change of the catalogue.
  format: formatter({ lineNumbers: false }),
  orderBy: "origin",
  runtimeConfigModule: { Trans: ["/src/text/Trans", "Trans"] },
});
