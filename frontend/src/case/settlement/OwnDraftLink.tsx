/** The way from a side's own room to its own draft; small, because the conversation is loaded before anything else. */
import { useLingui } from "@lingui/react/macro";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { LinkButton } from "../../ui";
import { mayGive } from "../lookup";

export function OwnDraftLink({ view }: { view: CaseView }) {
  const { t } = useLingui();
  if (view.own_draft === null && !mayGive(view, "OpenDraft")) return null;
  return (
    <LinkButton small icon="quill" href={links.ownDraft(view.case)}>
      {t`Your own draft`}
    </LinkButton>
  );
}
