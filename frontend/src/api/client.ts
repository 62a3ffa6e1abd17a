/** Asking the server: JSON over fetch, refusals as problem documents, lost connections tried again with the same words. */

/** A refusal as the server words it (RFC 9457): a stable code, a sentence, and what to do now. */
export interface ProblemDocument {
  status: number;
  code: string;
  title: string;
  next: string;
  fields?: readonly { field: string; problem: string }[];
  /** After a wrong code: how often one may still try. */
  tries_left?: number;
}

/** The server said no. Trying the same again will not help. */
export class Refused extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(`${problem.code}: ${problem.title}`);
    this.name = "Refused";
    this.problem = problem;
  }
}

/** Nobody answered. Whether the command had its effect is unknown; its id makes it safe to send again. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("unreachable", { cause });
    this.name = "Unreachable";
  }
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface RequestOptions {
  body?: unknown;
  /** Sent as they are, in place of `body`. */
  bytes?: Blob;
  signal?: AbortSignal;
  /** How often to try when nobody answers; 1 for what must not be repeated. */
  tries?: number;
  /** Told before each further try, so that the screen can say "still sending". */
  onRetry?: (attempt: number) => void;
}

const AWAY = new Set([502, 503, 504]);
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;

function waitBefore(attempt: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return full / 2 + Math.random() * (full / 2);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("aborted", "AbortError"));
    });
  });
}

function isProblem(value: unknown): value is ProblemDocument {
  return typeof value === "object" && value !== null && "code" in value && "title" in value && "next" in value;
}

async function refusal(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => null);
  return new Refused(
    isProblem(body) ? body : { status: response.status, code: `http-${response.status}`, title: "", next: "" },
  );
}

/**
 * Send one request and return its JSON (`undefined` for an empty answer).
 *
 * Throws `Refused` when the server said no, `Unreachable` when nobody answered in all tries, and the abort's own error.
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const tries = options.tries ?? (method === "GET" ? 3 : 1);
  for (let attempt = 1; ; attempt += 1) {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        credentials: "same-origin",
        headers: {
          accept: "application/json, application/problem+json",
          ...(options.bytes !== undefined
            ? { "content-type": "application/octet-stream" }
            : options.body === undefined
              ? {}
              : { "content-type": "application/json" }),
        },
        ...(options.bytes !== undefined ? { body: options.bytes } : options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    } catch (cause) {
      if (options.signal?.aborted === true) throw cause;
      if (attempt >= tries) throw new Unreachable(cause);
      options.onRetry?.(attempt);
      await pause(waitBefore(attempt), options.signal);
      continue;
    }
    if (AWAY.has(response.status) && attempt < tries) {
      options.onRetry?.(attempt);
      await pause(waitBefore(attempt), options.signal);
      continue;
    }
    if (!response.ok) throw await refusal(response);
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}

/** A command's id: 32 lower-case hex digits, made once per intention and kept through all its tries. */
export function newCommandId(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
