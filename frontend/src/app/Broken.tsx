import { Trans } from "@lingui/react/macro";
import { Component, type ReactNode } from "react";
import { Banner, Button } from "../ui/plain";

/** If a screen breaks, the person gets words and a way on, never a blank page. */
export class Broken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown) {
    console.error(error);
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main id="main" className="page page-narrow stack">
        <h1>
          <Trans>This screen has a fault</Trans>
        </h1>
        <Banner
          tone="bad"
          urgent
          title={<Trans>Something went wrong in this page.</Trans>}
          actions={
            <Button kind="primary" onPress={() => location.reload()}>
              <Trans>Load it again</Trans>
            </Button>
          }
        >
          <Trans>What you have sent is safe. Unsent words are kept in this tab.</Trans>
        </Banner>
      </main>
    );
  }
}
