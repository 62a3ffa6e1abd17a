/** Help and safety: what anybody may need in a hurry, two presses away on every page of a case. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button as AriaButton, Link as AriaLink } from "react-aria-components";
import { bundleUrl } from "../../api/cases";
import type { CaseView } from "../../api/types";
import { links } from "../../links";
import { LanguageSwitch } from "../../text/LanguageSwitch";
import { Dialog, Icon, type IconName } from "../../ui";
import { isMediator, mayGive } from "../lookup";
import { LeaveDialog } from "../shell/LeaveDialog";
import { BreakDialog } from "../talk/BreakDialog";
import { AnotherMediator } from "./AnotherMediator";
import { Complain } from "./Complain";
import { ReportAbuse } from "./ReportAbuse";
import "./help.css";

type Shown = "sheet" | "leave" | "break" | "report" | "another-mediator" | "complain";

interface Way {
  id: string;
  icon: IconName;
  title: string;
  hint: string;
  go?: Shown;
  href?: string;
  download?: boolean;
}

export function Help({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const [shown, setShown] = useState<Shown>("sheet");
  const toggle = (open: boolean) => {
    if (!open) onClose();
  };
  switch (shown) {
    case "sheet":
      return <Sheet view={view} onGo={setShown} onClose={onClose} />;
    case "leave":
      return <LeaveDialog view={view} isOpen onOpenChange={toggle} />;
    case "break":
      return <BreakDialog view={view} isOpen onOpenChange={toggle} />;
    case "another-mediator":
      return <AnotherMediator view={view} isOpen onOpenChange={toggle} />;
    case "report":
      return <ReportAbuse view={view} onClose={onClose} />;
    case "complain":
      return <Complain view={view} onClose={onClose} />;
  }
}

function useWays(view: CaseView): readonly Way[] {
  const { t } = useLingui();
  const caucus = view.rooms.find((one) => one.room === `caucus-${String(view.me.party)}` && one.can_post);
  const mediator = view.mediator?.name ?? "";
  const ways: (Way | false)[] = [
    caucus !== undefined && { id: "write", icon: "lock", title: t`Write to the mediator privately`, hint: t`The other side sees neither this nor that you write.`, href: links.talk(view.case, caucus.room) },
    mayGive(view, "Pause") && { id: "break", icon: "pause", title: t`Take a break`, hint: t`The joint conversation stops for everyone, and you need not say why.`, go: "break" },
    mayGive(view, "ReportAbuse") && { id: "report", icon: "flag", title: t`Something went too far`, hint: t`Tell the mediator. The other side does not learn of it.`, go: "report" },
    mayGive(view, "RefuseMediator") && { id: "another-mediator", icon: "scales", title: t`Ask for another mediator`, hint: t`No reason is asked.`, go: "another-mediator" },
    view.mediator !== null &&
      !isMediator(view) && { id: "complain", icon: "mail", title: t`Complain about the mediator`, hint: t`Goes to whoever sent ${mediator}, who does not read it.`, go: "complain" },
    { id: "ladder", icon: "ladder", title: t`What if we can’t agree?`, hint: t`The steps that everybody saw on the first day.`, href: links.ladder(view.case) },
    { id: "download", icon: "download", title: t`Download everything`, hint: t`All that you were part of, in one file.`, href: bundleUrl(view.case), download: true },
    { id: "kept", icon: "papers", title: t`What is kept, and for how long`, hint: t`What is erased, and when.`, href: `${links.papers(view.case)}#kept` },
    mayGive(view, "Leave") && { id: "leave", icon: "leave", title: view.mediator === null && view.began_at === null ? t`Leave the case` : t`Leave the mediation`, hint: t`At any moment, without giving a reason.`, go: "leave" },
  ];
  return ways.filter((way) => way !== false);
}

function Sheet({ view, onGo, onClose }: { view: CaseView; onGo: (shown: Shown) => void; onClose: () => void }) {
  const { t } = useLingui();
  const ways = useWays(view);
  return (
    <Dialog
      title={t`Help and safety`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <ul className="help-ways">
        {ways.map(({ id, icon, title, hint, go, href, download }) => {
          const words = (
            <>
              <Icon name={icon} size={22} />
              <span>
                <span className="help-title">{title}</span>
                <span className="help-hint">{hint}</span>
              </span>
            </>
          );
          return (
            <li key={id}>
              {href === undefined ? (
                <AriaButton className="help-way" onPress={() => onGo(go ?? "sheet")}>
                  {words}
                </AriaButton>
              ) : (
                <AriaLink className="help-way" href={href} onPress={onClose} {...(download === true ? { download: true } : {})}>
                  {words}
                </AriaLink>
              )}
            </li>
          );
        })}
      </ul>
      <div className="row on-phone">
        <LanguageSwitch />
      </div>
      <p className="note">
        <Trans>Nobody watches this site around the clock. If somebody is in danger, call the emergency number of your country.</Trans>
      </p>
    </Dialog>
  );
}
