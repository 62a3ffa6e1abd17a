/** Whether legal time limits stand still, by the rule of `case/standstill.py`: the day both sides named counts whole, by UTC. */

export type TimeLimits = "may-run" | "stand-still" | "may-run-again";

export function timeLimits(until: string | null, now: number): TimeLimits {
  if (until === null) return "may-run";
  return new Date(now).toISOString().slice(0, 10) <= until ? "stand-still" : "may-run-again";
}
