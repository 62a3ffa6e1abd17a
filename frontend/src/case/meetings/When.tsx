/** A time by its reader's own clocks, with the zone named, and by the other side's where they show another hour. */
import { Trans } from "@lingui/react/macro";
import { useLocale } from "react-aria-components";
import { cityOf, differ, linkIn, ownZone, spelled } from "./times";

export function When({ startsAt, endsAt, zone }: { startsAt: string; endsAt: string; zone: string }) {
  const { locale } = useLocale();
  const own = ownZone();
  const city = cityOf(zone);
  const isElsewhere = differ(own, zone, startsAt);
  const there = isElsewhere ? spelled(startsAt, endsAt, locale, zone) : "";
  return (
    <>
      <strong>
        <time dateTime={startsAt}>{spelled(startsAt, endsAt, locale)}</time>
      </strong>
      {isElsewhere ? (
        <span className="note meeting-there">
          <Trans>
            In {city}: {there}
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
