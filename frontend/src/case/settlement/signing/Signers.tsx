/** Who has signed and who has not, the same for everybody. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { CaseView, SignatureView, SigningView } from "../../../api/types";
import { Card, Icon, Time } from "../../../ui";
import { partyName } from "../../people";

export function Signers({ view, signing }: { view: CaseView; signing: SigningView }) {
  return (
    <Card title={<Trans>Signatures</Trans>}>
      <ul className="plain-list signers">
        {view.parties.map(({ party }) => {
          const signature = signing.signatures.find((one) => one.party === party);
          const side = partyName(view, party);
          return (
            <li key={party} className="signer">
              <Icon name={signature === undefined ? "waiting" : "agree"} />
              <div>
                <p className="note">{side}</p>
                {signature === undefined ? (
                  <p className="soft">
                    <Trans>Has not signed yet.</Trans>
                  </p>
                ) : (
                  <Signature signature={signature} />
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Signature({ signature }: { signature: SignatureView }) {
  const { t } = useLingui();
  const { name, place, authority } = signature;
  const capacity = signature.capacity === "consumer" ? t`As a consumer` : t`As a business`;
  return (
    <>
      <p className="signer-name">{name}</p>
      <p>
        {authority === "" ? capacity : `${capacity}, ${authority}`}, {place}
      </p>
      <p className="note">
        <Time at={signature.at} show="full" />
        {", "}
        {signature.identified_by === "passkey" ? <Trans>identified by a passkey</Trans> : <Trans>identified by a code sent by e-mail</Trans>}
      </p>
    </>
  );
}
