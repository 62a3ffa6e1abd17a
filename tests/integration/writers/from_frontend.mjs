// Preloaded by node: the frontend's own modules and packages as its bundler finds them, wherever the script itself lies.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const FRONTEND = pathToFileURL(`${process.env.FRONTEND}/package.json`).href;

registerHooks({
  resolve(specifier, context, next) {
    const isPackage = !/^(?:[./]|file:|node:)/u.test(specifier);
    if (isPackage && !context.parentURL?.includes("/node_modules/")) return next(specifier, { ...context, parentURL: FRONTEND });
    const isOurs = context.parentURL?.startsWith(new URL("src/", FRONTEND).href);
    return next(isOurs && specifier.startsWith(".") && !/\.\w+$/u.test(specifier) ? `${specifier}.ts` : specifier, context);
  },
});
