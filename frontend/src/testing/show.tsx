/** Draws a screen as the app does: in English, with react-aria's own words in the same language. */
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { I18nProvider as AriaI18nProvider } from "react-aria-components";
import { messages } from "../text/locales/en.po";
import { messages as inside } from "../text/locales/workspace/en.po";

export function show(screen: ReactNode) {
  i18n.loadAndActivate({ locale: "en", messages: { ...messages, ...inside } });
  return render(
    <I18nProvider i18n={i18n}>
      <AriaI18nProvider locale="en-GB">{screen}</AriaI18nProvider>
    </I18nProvider>,
  );
}
