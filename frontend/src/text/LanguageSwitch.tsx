import { useLingui } from "@lingui/react/macro";
import { IconButton, Menu } from "../ui";
import { LANGUAGES, speak, type Language } from "./language";

export function LanguageSwitch() {
  const { i18n, t } = useLingui();
  const spoken = LANGUAGES[i18n.locale as Language];
  const languages = Object.entries(LANGUAGES) as [Language, string][];
  return (
    <Menu
      label={t`Language`}
      trigger={<IconButton icon="language" label={t`Language: ${spoken}`} />}
      groups={[
        languages.map(([language, name]) => ({
          id: language,
          label: name,
          icon: language === i18n.locale ? ("agree" as const) : undefined,
          onAction: () => void speak(language, { keep: true }),
        })),
      ]}
    />
  );
}
