/** The stages of the mediation, the one we are at, and what to do next in it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, Stage } from "../../api/types";
import { Button, ConfirmDialog, Icon } from "../../ui";
import { mayGive } from "../lookup";
import { STAGES, stageName, stageNext } from "../stages";
import { useAct } from "../useAct";

export function Stages({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const { act, busy } = useAct(view.case);
  const [wish, setWish] = useState<Stage | null>(null);
  const { stage } = view;
  if (stage === null) return null;
  const here = STAGES.indexOf(stage);
  const following = STAGES[here + 1];
  const may = mayGive(view, "SetStage");
  const toStage = (name: string) => t`Go to ${name}`;
  const wished = wish === null ? "" : stageName(wish);
  const followingName = following === undefined ? "" : stageName(following);
  return (
    <div className="desk-part">
      <h3>{stageName(stage)}</h3>
      <p>{stageNext(stage)}</p>
      {may && following !== undefined ? (
        <Button icon="onward" isPending={busy} onPress={() => setWish(following)}>
          <Trans>Go on to {followingName}</Trans>
        </Button>
      ) : null}
      <details className="stages">
        <summary>
          <Trans>All stages</Trans>
        </summary>
        <ol className="plain-list stages-list">
          {STAGES.map((one, index) => (
            <li key={one} aria-current={one === stage ? "step" : undefined} data-state={index < here ? "done" : index === here ? "here" : "ahead"}>
              <Icon name={index < here ? "agree" : index === here ? "onward" : "waiting"} size={16} />
              <span>{stageName(one)}</span>
              {may && one !== stage ? (
                <Button small kind="quiet" isDisabled={busy} onPress={() => setWish(one)} aria-label={toStage(stageName(one))}>
                  <Trans>Go there</Trans>
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      </details>
      <ConfirmDialog
        title={t`Go to ${wished}?`}
        isOpen={wish !== null}
        onOpenChange={(open) => setWish(open ? wish : null)}
        confirm={t`Go there`}
        decline={t`Stay here`}
        onConfirm={() => {
          if (wish !== null) void act("stages", { stage: wish });
          setWish(null);
        }}
      >
        <p>
          {wish === "drafting" && view.documents.length === 0 ? (
            <Trans>Everyone is told in plain words, and the settlement opens for both sides to write in.</Trans>
          ) : (
            <Trans>Everyone is told in plain words what comes now. Nothing that was said or agreed is lost.</Trans>
          )}
        </p>
      </ConfirmDialog>
    </div>
  );
}
