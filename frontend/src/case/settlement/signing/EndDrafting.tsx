/** Everything is agreed: whoever may can end the drafting, and then it is signed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, DraftingView } from "../../../api/types";
import { useCommand } from "../../../live/useCommand";
import { announce, Banner, Button, Checkbox, ConfirmDialog } from "../../../ui";
import { mayGive } from "../../lookup";
import { ProblemNote } from "../../ProblemNote";
import type { Counted } from "../standing";

/** `hash` is that of the whole text on this screen; null while it is counted. */
export function EndDrafting({ view, drafting, counted, hash }: { view: CaseView; drafting: DraftingView; counted: Counted; hash: string | null }) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const [isPartial, setPartial] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  const isAgreed = counted.all > 0 && counted.byBoth === counted.all && !drafting.suggestions.some((one) => one.state === "open");
  if (!isAgreed || !mayGive(view, "Freeze")) return null;

  async function end() {
    if (hash === null || (await give("freezings", { text_hash: hash, partial: isPartial })) === null) return;
    announce(t`The drafting has ended. The text is ready to be signed.`, { tone: "good" });
  }

  return (
    <div className="not-in-print">
      <Banner
        tone="good"
        title={<Trans>Both sides agree to every clause.</Trans>}
        actions={
          <Button kind="primary" icon="quill" isDisabled={hash === null} onPress={() => setOpen(true)}>
            <Trans>End the drafting</Trans>
          </Button>
        }
      >
        <Trans>When the drafting ends, the text stays as it is and can be signed. Nothing binds anybody before that.</Trans>
      </Banner>
      <ConfirmDialog
        title={t`End the drafting?`}
        isOpen={isOpen}
        onOpenChange={setOpen}
        confirm={t`End the drafting`}
        decline={t`Keep writing`}
        isPending={status !== "idle"}
        onConfirm={() => void end()}
      >
        <p>
          <Trans>
            From then on nobody can change a word. Each side reads the text and signs it, or says that it will not: then it is worked on again.
            A consumer without a lawyer gets time to think before signing and after.
          </Trans>
        </p>
        <p>
          <Trans>The papers will say that a text is ready to be signed, and none of its words.</Trans>
        </p>
        {drafting.language === null ? (
          <p>
            <Trans>It has not been said which language prevails; the papers will say nothing of it. Above the text the mediator can still say it.</Trans>
          </p>
        ) : null}
        <Checkbox isSelected={isPartial} onChange={setPartial}>
          <Trans>It settles only a part: the rest of the dispute stays open.</Trans>
        </Checkbox>
        <ProblemNote problem={problem} />
      </ConfirmDialog>
    </div>
  );
}
