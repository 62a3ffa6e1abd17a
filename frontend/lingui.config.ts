import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "de"],
  catalogs: [{ path: "src/text/locales/{locale}", include: ["src"], exclude: ["**/*.test.*", "src/testing/**"] }],
  // Line numbers would make every unrelated edit a change of the catalogue.
  format: formatter({ lineNumbers: false }),
  orderBy: "origin",
  runtimeConfigModule: { Trans: ["/src/text/Trans", "Trans"] },
});
