import { useLingui } from "@lingui/react/macro";
import { Icon } from "../ui/Icon";
import { LANGUAGES, speak, type Language } from "./language";

/** The browser's own list: it is on the pages that must open fast. On a narrow screen it is a drawing with a short name. */
export function LanguageSwitch() {
  const { i18n, t } = useLingui();
  const languages = Object.entries(LANGUAGES) as [Language, string][];
  return (
    <span className="language">
      <Icon name="language" />
      <select
        aria-label={t`Language`}
        value={i18n.locale}
        onChange={(event) => void speak(event.currentTarget.value as Language, { keep: true })}
      >
        {languages.map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
