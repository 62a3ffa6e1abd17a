/** A new password, typed twice. */
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { TextField } from "../ui/plain";

/** As the server has it; it has the last word. */
const SHORTEST_PASSWORD = 12;

/** What is wrong with a new password typed twice; `null` when nothing is. */
function faultOf(password: string, again: string): "short" | "different" | null {
  if (Array.from(password).length < SHORTEST_PASSWORD) return "short";
  return password === again ? null : "different";
}

/** `fields` are to be drawn in the form; `take` gives what was chosen, or `null` and says under the fields why not. */
export function useNewPassword() {
  const { t } = useLingui();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const fault = faultOf(password, again);
  return {
    take: () => {
      setTried(true);
      return fault === null ? password : null;
    },
    forget: () => {
      setPassword("");
      setAgain("");
      setTried(false);
    },
    fields: (
      <>
        <TextField
          label={t`New password`}
          hint={t`At least ${SHORTEST_PASSWORD} characters. A short sentence is easy to remember and hard to guess.`}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          fault={tried && fault === "short" ? t`That is too short.` : null}
        />
        <TextField
          label={t`The same again`}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          fault={tried && fault === "different" ? t`The two are not the same.` : null}
        />
      </>
    ),
  };
}
