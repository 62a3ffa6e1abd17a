import { Trans, useLingui } from "@lingui/react/macro";
import { Frame } from "../account/Frame";
import { links } from "../links";
import { usePageTitle } from "../router";
import { EmptyState, LinkButton } from "../ui/plain";

export function NotFound() {
  const { t } = useLingui();
  usePageTitle(t`Nothing here`);
  return (
    <Frame>
      <h1 className="hidden-visually">
        <Trans>Nothing here</Trans>
      </h1>
      <EmptyState
        icon="search"
        title={t`There is nothing at this address.`}
        actions={
          <LinkButton kind="primary" href={links.cases}>
            <Trans>Go to your cases</Trans>
          </LinkButton>
        }
      >
        <Trans>Perhaps the link was cut when it was copied. If someone invited you, open their link again.</Trans>
      </EmptyState>
    </Frame>
  );
}
