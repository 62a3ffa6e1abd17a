import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../ui";
import type { Saving } from "./saving";

const LOOKS: Readonly<Record<Saving, { icon: IconName; words: ReactNode }>> = {
  opening: { icon: "waiting", words: <Trans>Opening the text …</Trans> },
  editing: { icon: "quill", words: <Trans>Writing … not saved yet</Trans> },
  saved: { icon: "saved", words: <Trans>Saved</Trans> },
  "everyone-has-it": { icon: "agree", words: <Trans>Saved, and everyone here has it</Trans> },
  "offline-saved": { icon: "offline", words: <Trans>Offline. All you wrote is saved.</Trans> },
  "offline-unsaved": { icon: "offline", words: <Trans>Offline. Not saved yet: keep this page open.</Trans> },
  refused: {
    icon: "lock",
    words: <Trans>Not saved: some of what you wrote here could not be taken. Copy what you need, then load the page again.</Trans>,
  },
  denied: { icon: "lock", words: <Trans>This text is not open to you.</Trans> },
};

/** editing → saved → everyone has it. */
export function SavingLine({ saving }: { saving: Saving }) {
  const { icon, words } = LOOKS[saving];
  return (
    <p className={`saving saving-${saving}`} role="status">
      <Icon name={icon} size={18} /> {words}
    </p>
  );
}
