import { Trans, useLingui } from "@lingui/react/macro";
import { Button as AriaButton } from "react-aria-components";
import type { CaseView } from "../../api/types";
import type { CaseState } from "../../live/feed";
import { roleWord } from "../../text/words";
import { Monogram, Popover } from "../../ui";
import { personOf } from "../people";

/** Who has the case open now; more than `most` are told behind it. Never which room they are in, nor whether they are busy. */
export function Here({ view, live, most = 3 }: { view: CaseView; live: CaseState; most?: number }) {
  const { t } = useLingui();
  const here = live.presence.map((id) => personOf(view, id)).filter((one) => one !== undefined);
  if (here.length === 0) return null;
  const names = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(here.map((one) => one.name));
  return (
    <Popover
      label={t`Here now`}
      trigger={
        <AriaButton className="here">
          <span className="hidden-visually">{t`Here now: ${names}`}</span>
          {here.slice(0, most).map((one) => (
            <Monogram key={one.participant} name={one.name} present accent={one.party === "business" ? "slate" : one.party === "client" ? "ochre" : "moss"} />
          ))}
          {here.length > most ? <span className="here-more">{`+${here.length - most}`}</span> : null}
        </AriaButton>
      }
    >
      <h2>
        <Trans>Here now</Trans>
      </h2>
      <ul className="plain-list">
        {here.map((one) => (
          <li key={one.participant} className="row">
            <Monogram name={one.name} present />
            <span>
              {one.name} <span className="note">{roleWord(one.role)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="note">
        <Trans>This tells who has the case open, not what they are looking at.</Trans>
      </p>
    </Popover>
  );
}
