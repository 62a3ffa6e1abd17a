/** A time in working days, and when it is remembered. Left empty there is none. */
import { useLingui } from "@lingui/react/macro";
import { TextField } from "../../ui/plain";
import { faultOf, MOST_DAYS, type TermDraft } from "./draft";

export function TermFields({ label, hint, term, onChange }: { label: string; hint?: string; term: TermDraft; onChange: (term: TermDraft) => void }) {
  const { t } = useLingui();
  const fault = faultOf(term);
  return (
    <fieldset className="field policy-term">
      <legend className="field-label">{label}</legend>
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
      <div className="policy-pair">
        <TextField
          label={t`Working days`}
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          value={term.days}
          onChange={(days) => onChange({ ...term, days })}
          fault={fault === "days" ? t`A whole number from 1 to ${MOST_DAYS}, or nothing.` : null}
        />
        <TextField
          label={t`Reminders, days before`}
          inputMode="numeric"
          autoComplete="off"
          maxLength={30}
          value={term.remind}
          onChange={(remind) => onChange({ ...term, remind })}
          fault={fault === "remind" ? t`Up to five whole numbers, each less than the working days: 5, 1.` : null}
        />
      </div>
    </fieldset>
  );
}
