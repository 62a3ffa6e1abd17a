/** The bell: what is new for oneself on this case, and how one wants to hear of a room. Quiet while there is nothing. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Button as AriaButton, Link as AriaLink } from "react-aria-components";
import { calendarOf, type Notice } from "../../api/notices";
import type { CaseView } from "../../api/types";
import type { CaseState } from "../../live/feed";
import { links } from "../../links";
import { noticeWord, stepIn } from "../../text/noticeWords";
import { Button, Day, Icon, Link, Popover, Time } from "../../ui";
import { roomLook } from "../rooms";
import { useRoomWords } from "../useRoomWords";
import { RoomWishes } from "./RoomWishes";
import { useNotices, type News } from "./useNotices";
import { whereTo } from "./whereTo";
import "./news.css";

/** So many fit into sight; more are told by the pages themselves. */
const SHOWN = 8;

export function Bell({ view, live, page }: { view: CaseView; live: CaseState; page: string }) {
  const { t } = useLingui();
  const news = useNotices(view, live, page);
  const count = news.unread.length;
  return (
    <Popover
      label={t`What is new`}
      trigger={
        <AriaButton className="icon-button bell" aria-label={count === 0 ? t`What is new: nothing` : t`What is new: ${count}`}>
          <Icon name="bell" />
          {count === 0 ? null : (
            <span className="count bell-count" aria-hidden="true">
              {count > 99 ? "99" : count}
            </span>
          )}
        </AriaButton>
      }
    >
      <div className="stack news">
        <h2>
          <Trans>What is new</Trans>
        </h2>
        <NewsList view={view} news={news} />
        <RoomWishes view={view} news={news} />
      </div>
    </Popover>
  );
}

export function NewsList({ view, news }: { view: CaseView; news: News }) {
  const { unread } = news;
  if (unread.length === 0) {
    return (
      <p className="soft">
        <Trans>
          You have read everything. What is new in a room of yours stands here, and what waits for you. We also write to you, as you
          choose.
        </Trans>
      </p>
    );
  }
  return (
    <>
      <ul className="plain-list">
        {unread.slice(0, SHOWN).map((one) => (
          <li key={one.notice}>
            <OneNotice view={view} one={one} />
          </li>
        ))}
      </ul>
      <div className="row">
        <Button small kind="quiet" onPress={() => news.read(unread)}>
          <Trans>I have read everything</Trans>
        </Button>
      </div>
    </>
  );
}

function OneNotice({ view, one }: { view: CaseView; one: Notice }) {
  const { t } = useLingui();
  const words = useRoomWords(view);
  const { accent, icon } = roomLook(one.room, view.me.party);
  const step = stepIn(one.parts);
  return (
    <div className="news-one" data-accent={accent}>
      <AriaLink href={whereTo(view, one)} className="news-link">
        <Icon name={icon} size={18} />
        <span>
          <strong>{noticeWord(one.kind)}</strong>
          {step === null ? null : (
            <span className="note">
              <Trans>The step now: {step}</Trans>
            </span>
          )}
          <span className="note">
            {words(one.room).name} · <Time at={one.at} />
          </span>
        </span>
      </AriaLink>
      {one.last_day === null && !one.calendar ? null : (
        <p className="note">
          {one.last_day === null ? null : (
            <Trans>
              Until <Day on={one.last_day} />
            </Trans>
          )}{" "}
          {one.calendar ? (
            <a className="link" href={calendarOf(one)} download="date.ics" aria-label={t`Put this day into your calendar`}>
              <Trans>Into my calendar</Trans>
            </a>
          ) : null}
        </p>
      )}
    </div>
  );
}

/** Where one says how one wants to be told of everything else. */
export function ToSettings() {
  return (
    <Link href={`${links.account}#telling`}>
      <Trans>When we write to you</Trans>
    </Link>
  );
}
