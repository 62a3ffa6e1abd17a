/** As the server has it; it has the last word. */
export const SHORTEST_PASSWORD = 12;

/** What is wrong with a new password typed twice; `null` when nothing is. */
export function passwordFault(password: string, again: string): "short" | "different" | null {
  if (Array.from(password).length < SHORTEST_PASSWORD) return "short";
  return password === again ? null : "different";
}
