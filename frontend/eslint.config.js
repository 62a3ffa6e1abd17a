import { defineConfig } from "eslint/config";
import lingui from "eslint-plugin-lingui";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Folders from the ground up: each may import from those before it in its list, and from itself. */
const MAY_IMPORT = {
  ui: [],
  text: ["ui"],
  api: ["text"],
  live: ["api", "text"],
  drafting: ["ui", "text", "api", "live"],
  account: ["ui", "text", "api", "live"],
  invitation: ["ui", "text", "api", "live"],
  intake: ["ui", "text", "api", "live", "invitation"],
  verify: ["ui", "text", "account"],
  "look-up": ["ui", "text", "api", "account", "verify"],
  admin: ["ui", "text", "api", "live", "account", "drafting"],
  case: ["ui", "text", "api", "live", "drafting"],
};

/**
 * `depth` folders below src; a sibling inside the same feature is always in reach.
 * @param {string} folder
 * @param {string[]} allowed
 * @param {number} depth
 */
function boundary(folder, allowed, depth) {
  const up = "\\.\\./".repeat(depth);
  return {
    files: [`src/${folder}/${"*/".repeat(depth - 1)}*.{ts,tsx}`],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              // The catalogue names the server's codes, so it may know their types, and nothing else of what is above it.
              allowTypeImports: folder === "text",
              regex: `^${up}(?!${[folder, ...allowed, "testing"].map((name) => `${name}(?:/|$)`).join("|")})[a-z-]+/`,
              message: `src/${folder} may import from: ${allowed.join(", ") || "nothing of ours"}.`,
            },
          ],
        },
      ],
    },
  };
}

const boundaries = Object.entries(MAY_IMPORT).flatMap(([folder, allowed]) => [1, 2].map((depth) => boundary(folder, allowed, depth)));

export default defineConfig(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] }, tsconfigRootDir: import.meta.dirname } },
    plugins: { "react-hooks": reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    // Text for people lives in the catalogue, so that it can be read in every language.
    files: ["src/**/*.tsx"],
    ignores: ["src/**/*.test.tsx", "src/testing/**", "src/ui/Icon.tsx"],
    plugins: { lingui },
    rules: {
      "lingui/no-unlocalized-strings": [
        "error",
        {
          useTsTypes: true,
          // Words in small letters, digits and dashes are names for machines (classes, codes, addresses), not sentences.
          ignore: ["^[a-z][A-Za-z0-9]*$", "^[a-z0-9#/._:;%&?=()-]*$", "^[a-z0-9-]+( [a-z0-9-]+)*$", "^[^A-Za-z]*$", "^[A-Z]{3}$"],
          ignoreNames: [
            { regex: { pattern: "^(className|d|viewBox|style|href|src|type|key|id|name|slot|rel|target|role|kind|tone|room|icon|autoComplete|inputMode|displayName|dateStyle|currency)$" } },
            { regex: { pattern: "^(data-|aria-(live|hidden|current|haspopup|relevant|atomic))" } },
          ],
          ignoreFunctions: ["may", "*.includes", "can", "*.querySelector", "*.closest", "*.addEventListener", "*.removeEventListener", "matchMedia", "console.*", "*.matchMedia", "new URL", "Error", "useState", "*.includes", "mayNow", "mayGive"],
        },
      ],
      "lingui/t-call-in-function": "error",
      "lingui/no-expression-in-message": "error",
      "lingui/no-single-variables-to-translate": "error",
      "lingui/no-trans-inside-trans": "error",
    },
  },
  ...boundaries,
);
