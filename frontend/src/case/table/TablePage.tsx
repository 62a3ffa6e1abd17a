import { useLingui } from "@lingui/react/macro";
import { usePageTitle } from "../../router";
import { Card } from "../../ui";
import type { CasePageProps } from "../CasePages";

export function TablePage({ view }: CasePageProps) {
  const { t } = useLingui();
  usePageTitle(view.title);
  return (
    <div className="stack">
      <h1>{t`Table`}</h1>
      {view.issues.map((issue) => (
        <Card key={issue.issue} title={issue.text}>
          {view.positions
            .filter((position) => position.issue === issue.issue)
            .map((position) => (
              <p key={position.position} className="prose">
                {position.text}
              </p>
            ))}
        </Card>
      ))}
    </div>
  );
}
