import { useLingui } from "@lingui/react/macro";
import type { EditorView } from "prosemirror-view";
import { useState } from "react";
import { Button, Dialog, TextField } from "../ui";
import { isSafeLink, schema } from "./schema";

function hrefAt(view: EditorView): string {
  const { from, to, $from, empty } = view.state.selection;
  const mark = empty ? schema.marks.link.isInSet($from.marks()) : undefined;
  if (mark !== undefined) return String(mark.attrs["href"]);
  let found = "";
  view.state.doc.nodesBetween(from, to, (node) => {
    const here = schema.marks.link.isInSet(node.marks);
    if (here !== undefined && found === "") found = String(here.attrs["href"]);
  });
  return found;
}

/** Only https and mail addresses are let in: a link must not be able to do anything but lead somewhere. */
export function LinkDialog({ view, isOpen, onOpenChange }: { view: EditorView; isOpen: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  const [before] = useState(() => hrefAt(view));
  const [href, setHref] = useState(before);
  const [tried, setTried] = useState(false);
  const asWritten = href.trim();
  const address = /^[\w.+-]+@[\w.-]+$/u.test(asWritten) ? `mailto:${asWritten}` : /^[a-z]+:/iu.test(asWritten) ? asWritten : `https://${asWritten}`;
  const isRight = asWritten !== "" && isSafeLink(address);

  function apply(next: string | null) {
    const { from, to, empty } = view.state.selection;
    const { link } = schema.marks;
    const tr = view.state.tr;
    if (next === null) tr.removeMark(from, to, link);
    else if (empty) tr.replaceSelectionWith(schema.text(asWritten, [link.create({ href: next })]), false);
    else tr.addMark(from, to, link.create({ href: next }));
    view.dispatch(tr.removeStoredMark(link));
    onOpenChange(false);
    view.focus();
  }

  return (
    <Dialog
      title={t`Link`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      closeLabel={t`Close`}
      actions={
        <>
          {before === "" ? null : <Button onPress={() => apply(null)}>{t`Remove the link`}</Button>}
          <Button
            kind="primary"
            onPress={() => {
              setTried(true);
              if (isRight) apply(address);
            }}
          >
            {t`Set the link`}
          </Button>
        </>
      }
    >
      <TextField
        label={t`Address`}
        hint={t`A web address that begins with https, or an e-mail address.`}
        value={href}
        onChange={setHref}
        inputMode="url"
        fault={tried && !isRight ? t`This address cannot be used here. Use https or an e-mail address.` : null}
      />
    </Dialog>
  );
}
