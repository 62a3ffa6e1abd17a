import "./trustedTypes";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { expectPage } from "./parts";
import { preferredLanguage, speak } from "./text/language";
import "./ui/ui.css";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root.");

expectPage(location.pathname);
// A catalogue that does not come, on a bad line, may be another's turn: any words are better than none.
const spoken = speak(preferredLanguage()).catch(() => speak("en"));
void spoken.then(() => {
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <App />
      </I18nProvider>
    </StrictMode>,
  );
});
