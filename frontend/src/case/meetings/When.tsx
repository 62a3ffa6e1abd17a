/** A time by its reader's own clocks, with the zone named, and by the other side's where they show another hour. */
import { Trans, useLingui } from "@lingui/react/macro";
import { cityOf, differ, linkIn, ownZone, spelled } from "./times";

export function When({ startsAt, endsAt, zone }: { startsAt: string; endsAt: string; zone: string }) {
  const { i18n } = useLingui();
  const own = ownZone();
  const city = cityOf(zone);
  return (
    <>
      <strong>
        <time dateTime={startsAt}>{spelled(startsAt, endsAt, i18n.locale)}</time>
      </strong>
      {differ(own, zone, startsAt) ? (
        <span className="note meeting-there">
          <Trans>
            In {city}: {spelled(startsAt, endsAt, i18n.locale, zone)}
          </Trans>
        </span>
      ) : null}
    </>
  );
}

export function Where({ where }: { where: string }) {
  if (where === "") return null;
  const link = linkIn(where);
  return (
    <p className="meeting-where">
      {link === null ? (
        where
      ) : (
        <a href={link} className="link" rel="noopener noreferrer nofollow" target="_blank">
          {where}
        </a>
      )}
    </p>
  );
}
