import { useLingui } from "@lingui/react/macro";
import { Icon } from "../ui/Icon";
import { LANGUAGES, speak, type Language } from "./language";

/** The browser's own list: it is on the pages that must open fast. `small` is a drawing alone where the screen is narrow. */
export function LanguageSwitch({ small = false }: { small?: boolean }) {
  const { i18n, t } = useLingui();
  const languages = Object.entries(LANGUAGES) as [Language, string][];
  return (
    <span className={small ? "language language-small" : "language"}>
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
