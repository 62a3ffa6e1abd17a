/** A view in its three parts: what is said, what matters behind it, what would help. */
import { Trans } from "@lingui/react/macro";

export function SaidParts({ text, interest, wants }: { text: string; interest: string; wants: string }) {
  return (
    <div className="said">
      <p className="said-text">{text}</p>
      {interest === "" && wants === "" ? null : (
        <dl className="said-behind">
          {interest === "" ? null : (
            <>
              <dt>
                <Trans>What matters</Trans>
              </dt>
              <dd>{interest}</dd>
            </>
          )}
          {wants === "" ? null : (
            <>
              <dt>
                <Trans>What would help</Trans>
              </dt>
              <dd>{wants}</dd>
            </>
          )}
        </dl>
      )}
    </div>
  );
}
