/**
 * What `<Trans>` becomes (`lingui.config.ts`). The library puts values into the sentence and then looks for tags in all
 * of it, so that words which people wrote would lose what looks like a tag. Such words go in as an element instead.
 */
import { Trans as FormattedTrans, type TransProps } from "@lingui/react";

export function Trans(props: TransProps) {
  return <FormattedTrans {...props} {...(props.values === undefined ? {} : { values: heldTogether(props.values) })} />;
}

function heldTogether(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "string" && value.includes("<") ? [value] : value]),
  );
}
