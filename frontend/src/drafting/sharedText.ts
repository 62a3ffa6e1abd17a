/** One document over the Hocuspocus wire, and what may be said about it. Knows nothing of how it is shown. */
import { HocuspocusProvider } from "@hocuspocus/provider";
import type { Awareness } from "y-protocols/awareness";
import { Doc, type XmlFragment } from "yjs";
import { countUpToDate, Telling } from "./heard";
import { savingOf, type Saving } from "./saving";

export class SharedText {
  readonly doc = new Doc();
  readonly fragment: XmlFragment;
  readonly awareness: Awareness;
  readonly #provider: HocuspocusProvider | null = null;
  #opened = false;
  #denied = false;
  #refused = false;
  #saving: Saving = "opening";
  readonly #watchers = new Set<() => void>();
  readonly telling: Telling;

  constructor(url: string, name: string) {
    this.fragment = this.doc.getXmlFragment("prosemirror");
    this.#provider = new HocuspocusProvider({
      url,
      name,
      document: this.doc,
      // The session cookie says who this is; the frame is part of the protocol.
      token: "",
      onOpen: () => this.#forgetQueued(),
      onStatus: () => this.#judge(),
      onSynced: () => {
        this.#opened = true;
        this.#judge();
      },
      onUnsyncedChanges: () => this.#judge(),
      onAwarenessChange: () => this.#judge(),
      onDisconnect: () => this.#judge(),
      // The one thing that the server says so: why it takes no more from this page (too large, full, not one's own).
      onStateless: () => {
        this.#refused = true;
        this.#judge();
      },
      onAuthenticationFailed: () => {
        this.#denied = true;
        this.#judge();
      },
    });
    const { awareness } = this.#provider;
    if (awareness === null) throw new Error("The provider has no awareness.");
    this.awareness = awareness;
    this.telling = new Telling(this.doc, awareness);
    window.addEventListener("offline", this.#lost);
    window.addEventListener("online", this.#found);
  }

  /** A socket notices a lost network only after half a minute; until then "saved" would be a guess. */
  readonly #lost = (): void => {
    const socket = this.#provider?.configuration.websocketProvider;
    socket?.disconnect();
    socket?.onClose({ event: new CloseEvent("close", { code: 4408, reason: "offline" }) });
  };

  readonly #found = (): void => {
    void this.#provider?.configuration.websocketProvider.connect();
  };

  readonly saving = (): Saving => this.#saving;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  close(): void {
    window.removeEventListener("offline", this.#lost);
    window.removeEventListener("online", this.#found);
    this.telling.stop();
    this.#watchers.clear();
    this.#provider?.destroy();
    this.doc.destroy();
  }

  /**
   * What was written offline goes out once, as the difference to what the server has. The provider would send it a
   * second time from its queue without counting it, and the answers to that would make later edits look saved too early.
   */
  #forgetQueued(): void {
    const socket = this.#provider?.configuration.websocketProvider as unknown as { messageQueue: unknown[] } | undefined;
    if (socket !== undefined) socket.messageQueue = [];
  }

  #judge(): void {
    // The provider's callbacks may come while it is being made.
    const provider = this.#provider;
    if (provider === null) return;
    const socket = provider.configuration.websocketProvider;
    const { others, upToDate } = countUpToDate(this.doc, this.awareness);
    const next = savingOf({
      connected: (socket.status as string) === "connected",
      opened: this.#opened,
      // What two people at once made impossible, each browser repairs for itself. Where one only reads, that is nothing
      // that the server would take, and the others save the same.
      unsaved: (provider.authorizedScope as string | undefined) === "readonly" ? 0 : provider.unsyncedChanges,
      denied: this.#denied,
      refused: this.#refused,
      others,
      othersUpToDate: upToDate,
    });
    if (next === this.#saving) return;
    this.#saving = next;
    for (const watcher of this.#watchers) watcher();
  }
}
