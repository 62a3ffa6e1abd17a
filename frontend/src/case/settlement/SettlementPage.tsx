import { Trans, useLingui } from "@lingui/react/macro";
import { usePageTitle } from "../../router";
import type { CasePageProps } from "../CasePages";

export function SettlementPage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(t`Settlement`);
  return (
    <h1>
      <Trans>Settlement</Trans> {view.documents[0]?.name}
    </h1>
  );
}
