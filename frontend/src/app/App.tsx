import { Trans } from "@lingui/react/macro";

export function App() {
  return (
    <main>
      <h1>
        <Trans>Mediation</Trans>
      </h1>
    </main>
  );
}
