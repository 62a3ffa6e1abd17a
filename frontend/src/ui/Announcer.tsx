/** Short messages that pass: shown for a moment, read out by screen readers, never the only place where a fact stands. */
import { useSyncExternalStore } from "react";
import { Button, IconButton } from "./plain/Button";
import { Icon } from "./Icon";

export type Tone = "good" | "notice" | "bad";

export interface Announcement {
  id: number;
  text: string;
  tone: Tone;
  action?: { label: string; onPress: () => void } | undefined;
}

let shown: readonly Announcement[] = [];
let counter = 0;
const watchers = new Set<() => void>();

function set(next: readonly Announcement[]) {
  shown = next;
  for (const watcher of watchers) watcher();
}

/** Say something in passing. Stays `stay_ms` (ten seconds unless told); bad news stays until it is closed. */
export function announce(
  text: string,
  options: { tone?: Tone; action?: { label: string; onPress: () => void }; stayMs?: number } = {},
): () => void {
  const tone = options.tone ?? "notice";
  counter += 1;
  const id = counter;
  const remove = () => set(shown.filter((one) => one.id !== id));
  set([...shown.slice(-2), { id, text, tone, action: options.action }]);
  if (tone !== "bad") setTimeout(remove, options.stayMs ?? 10_000);
  return remove;
}

export function Announcer({ label, closeLabel }: { label: string; closeLabel: string }) {
  const all = useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => shown,
  );
  return (
    <section className="announcer not-in-print" aria-label={label} aria-live="polite" aria-relevant="additions">
      {all.map((one) => (
        <div key={one.id} className={`announcement announcement-${one.tone}`}>
          <Icon name={one.tone === "good" ? "agree" : one.tone === "bad" ? "warning" : "notice"} size={18} />
          <p>{one.text}</p>
          {one.action === undefined ? null : (
            <Button
              small
              kind="quiet"
              onPress={() => {
                one.action?.onPress();
                set(shown.filter((other) => other.id !== one.id));
              }}
            >
              {one.action.label}
            </Button>
          )}
          <IconButton icon="close" label={closeLabel} onPress={() => set(shown.filter((other) => other.id !== one.id))} />
        </div>
      ))}
    </section>
  );
}
