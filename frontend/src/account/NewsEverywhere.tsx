/** On the page of all cases: in which of them something is new, and what. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link as AriaLink } from "react-aria-components";
import type { CaseSummary } from "../api/cases";
import { myNotices, type Notice } from "../api/notices";
import { useLoaded } from "../live/useLoaded";
import { noticeWord } from "../text/noticeWords";
import { Icon, Link, Time } from "../ui";
import { links } from "../links";

const SHOWN = 3;

export function NewsEverywhere({ cases }: { cases: readonly CaseSummary[] }) {
  const { t } = useLingui();
  const { loaded } = useLoaded(myNotices);
  if (loaded.state !== "here" || cases.length === 0) return null;
  const titles = new Map(cases.map((one) => [one.case, one.title]));
  const known = loaded.it.filter((one) => titles.has(one.case));
  const further = known.length - SHOWN;
  return (
    <section className="stack" aria-label={t`What is new`}>
      <h2>
        <Trans>What is new</Trans>
      </h2>
      {known.length === 0 ? (
        <p className="soft">
          <Trans>
            You have read everything. What is new in your cases stands here. <Link href={`${links.account}#telling`}>When we write to you</Link>
          </Trans>
        </p>
      ) : (
        <ul className="plain-list">
          {known.slice(0, SHOWN).map((one) => (
            <li key={one.notice}>
              <OneNotice one={one} title={titles.get(one.case) ?? ""} />
            </li>
          ))}
        </ul>
      )}
      {further <= 0 ? null : (
        <p className="note">
          <Plural value={further} one="And one more thing, in its case." other="And # more things, in their cases." />
        </p>
      )}
    </section>
  );
}

function OneNotice({ one, title }: { one: Notice; title: string }) {
  return (
    <AriaLink href={links.notice(one.case, one.notice)} className="news-row">
      <Icon name="bell" size={18} />
      <span>
        <strong>{noticeWord(one.kind)}</strong>
        <span className="note">
          {title} · <Time at={one.at} />
        </span>
      </span>
    </AriaLink>
  );
}
