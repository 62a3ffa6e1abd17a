import { Trans, useLingui } from "@lingui/react/macro";
import type { HandedLink } from "../../api/inviting";
import { announce, Banner, Button, TextField, Time } from "../../ui";

/** The invitation is on its way; the link may be handed over beside it, and opens for the invited address alone. */
export function Handed({ made }: { made: HandedLink & { email: string } }) {
  const { t } = useLingui();
  const { email, link } = made;
  return (
    <div className="stack">
      <Banner tone="good" icon="mail" title={<Trans>The invitation is on its way to {email}.</Trans>}>
        <Trans>
          It works until <Time at={made.expires_at} show="date" />.
        </Trans>
      </Banner>
      <TextField label={t`Link`} value={link} isReadOnly hint={t`You may hand it over yourself as well. It asks for a code that is sent to ${email}, and it is shown only now.`} />
      <div className="row">
        <Button
          icon="link"
          onPress={() => {
            navigator.clipboard
              .writeText(link)
              .then(() => announce(t`Copied.`, { tone: "good", stayMs: 4000 }))
              .catch(() => announce(t`It could not be copied. Select the link and copy it by hand.`, { tone: "bad" }));
          }}
        >
          <Trans>Copy the link</Trans>
        </Button>
      </div>
    </div>
  );
}
