/** The whole pack to look through, and the one press that sends it to everybody. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { explainError } from "../../api/explain";
import { readPack, type Pack } from "../../api/referral";
import type { CaseView, ReferralView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import type { Explanation } from "../../text/problems";
import { Banner, Button, Dialog, Skeleton } from "../../ui";
import { ProblemNote } from "../ProblemNote";
import { PackPreview } from "./PackPreview";
import { Gaps } from "./ReferralCard";

export function SendDialog({ view, referral, onClose }: { view: CaseView; referral: ReferralView; onClose: () => void }) {
  const { t } = useLingui();
  const { give, status, problem } = useCommand(view.case);
  const { pack, fault } = usePack(view.case, referral);
  return (
    <Dialog
      title={t`This goes out`}
      size="large"
      closeLabel={t`Not now`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <>
          <Button slot="close">
            <Trans>Not now</Trans>
          </Button>
          <Button
            kind="primary"
            icon="mail"
            isDisabled={pack === null}
            isPending={status !== "idle"}
            onPress={() => {
              void give("referral-sendings", { referral: referral.referral, pack_sha256: referral.pack_sha256 }).then((written) => {
                if (written !== null) onClose();
              });
            }}
          >
            <Trans>Send it to everybody now</Trans>
          </Button>
        </>
      }
    >
      <Banner icon="notice" title={<Trans>Read it once more</Trans>}>
        <Trans>Everybody on the case gets it at the same time, as it stands here, and it cannot be changed or taken back afterwards. It must not hold anything that was said in the mediation or among your own side.</Trans>
      </Banner>
      <Gaps view={view} referral={referral} />
      {fault === null ? null : <ProblemNote problem={fault} />}
      {pack === null ? fault === null ? <Skeleton label={t`One moment`} lines={8} /> : null : <PackPreview pack={pack} />}
      <ProblemNote problem={problem} />
    </Dialog>
  );
}

/** The pack whose hash the view names: read again as soon as that is another one. */
function usePack(caseId: string, referral: ReferralView): { pack: Pack | null; fault: Explanation | null } {
  const [found, setFound] = useState<{ of: string; pack: Pack | null; fault: Explanation | null } | null>(null);
  const { referral: id, pack_sha256: wanted } = referral;
  useEffect(() => {
    let gone = false;
    const say = (pack: Pack | null, fault: Explanation | null) => {
      if (!gone) setFound({ of: wanted, pack, fault });
    };
    readPack(caseId, id).then((pack) => say(pack, null)).catch((error: unknown) => say(null, explainError(error)));
    return () => {
      gone = true;
    };
  }, [caseId, id, wanted]);
  return found?.of === wanted ? found : { pack: null, fault: null };
}
