/** Who writes: the mediator alone, with the sides suggesting, or everybody. Each is told what it means for them. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView, DraftingView } from "../../api/types";
import { Choices, Icon } from "../../ui";
import { isMediator, mayGive } from "../lookup";
import { useAct } from "../useAct";

export function Mode({ view, drafting, canEdit }: { view: CaseView; drafting: DraftingView; canEdit: boolean }) {
  const { t } = useLingui();
  const { act, busy } = useAct(view.case);
  const { mode } = drafting;
  if (mayGive(view, "SetDraftingMode")) {
    return (
      <div className="drafting-mode not-in-print">
        <Choices<"one-text" | "open">
          label={t`Who writes`}
          isDisabled={busy}
          value={mode}
          onChange={(next) => {
            if (next !== mode) void act("drafting-modes", { mode: next });
          }}
          choices={[
            { value: "one-text", label: t`I hold the pen`, hint: t`Both sides read along as you write, suggest changes and comment. You decide what goes into the text.` },
            { value: "open", label: t`Everybody writes`, hint: t`Both sides and you write in the text at once. Whoever can write can also take up suggestions.` },
          ]}
        />
      </div>
    );
  }
  const mediator = view.mediator?.name ?? t`the mediator`;
  return (
    <p className="drafting-mode-said">
      <Icon name={canEdit ? "quill" : "look"} size={20} />
      <span>
        {isMediator(view) ? null : mode === "one-text" ? (
          mayGive(view, "Suggest") ? (
            <Trans>
              <strong>{mediator} holds the pen.</strong> You read along as it is written. Under every clause you can suggest a change or comment; nothing goes into the text unless {mediator} takes it up, and nothing binds you until you sign.
            </Trans>
          ) : (
            <Trans>
              <strong>{mediator} holds the pen.</strong> You read along as it is written.
            </Trans>
          )
        ) : canEdit ? (
          <Trans>
            <strong>Everybody writes.</strong> What you type, all see at once. If you would rather ask first, suggest a change instead.
          </Trans>
        ) : (
          <Trans>You read along as it is written.</Trans>
        )}
      </span>
    </p>
  );
}
