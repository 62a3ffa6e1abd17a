/** Fields as the browser has them. Every one has a visible label; a fault is said in words under it and tied to it. */
import { useId, type HTMLInputAutoCompleteAttribute, type ReactNode, type Ref } from "react";
import { Icon } from "../Icon";

interface Parts {
  label: ReactNode;
  hint?: ReactNode;
  /** A sentence saying what is missing or wrong; present means the field is at fault. */
  fault?: string | null | undefined;
}

interface Texts extends Parts {
  value: string;
  onChange: (value: string) => void;
  maxLength?: number;
  autoComplete?: HTMLInputAutoCompleteAttribute;
}

function useParts({ hint, fault }: Parts) {
  const id = useId();
  const isFaulty = typeof fault === "string";
  const describedBy = [hint === undefined ? "" : `${id}-hint`, isFaulty ? `${id}-fault` : ""].filter((one) => one !== "").join(" ");
  const below = (
    <>
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className="field-hint">
          {hint}
        </span>
      )}
      {isFaulty ? (
        <span id={`${id}-fault`} className="field-fault">
          <Icon name="warning" size={16} /> {fault}
        </span>
      ) : null}
    </>
  );
  const tied = {
    id,
    "aria-invalid": isFaulty ? true : undefined,
    "data-invalid": isFaulty ? true : undefined,
    "aria-describedby": describedBy === "" ? undefined : describedBy,
  };
  return { below, tied };
}

export function TextField({
  value,
  onChange,
  type = "text",
  inputMode,
  pattern,
  className = "field-input",
  ref,
  maxLength,
  autoComplete,
  spellCheck,
  ...parts
}: Texts & {
  type?: "text" | "email" | "password" | "date";
  inputMode?: "numeric" | "decimal" | "email";
  pattern?: string;
  className?: string;
  spellCheck?: boolean;
  ref?: Ref<HTMLInputElement>;
}) {
  const { below, tied } = useParts(parts);
  return (
    <div className="field">
      <label className="field-label" htmlFor={tied.id}>
        {parts.label}
      </label>
      <input
        {...tied}
        ref={ref}
        className={className}
        type={type}
        inputMode={inputMode}
        pattern={pattern}
        maxLength={maxLength}
        autoComplete={autoComplete}
        spellCheck={spellCheck}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {below}
    </div>
  );
}

/** Grows with what is written in it. */
export function TextArea({ value, onChange, maxLength, autoComplete, rows = 3, ...parts }: Texts & { rows?: number }) {
  const { below, tied } = useParts(parts);
  return (
    <div className="field">
      <label className="field-label" htmlFor={tied.id}>
        {parts.label}
      </label>
      <textarea
        {...tied}
        className="field-input field-area"
        rows={rows}
        maxLength={maxLength}
        autoComplete={autoComplete}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {below}
    </div>
  );
}

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string | undefined;
}

/** `placeholder` stands there while nothing is chosen; without it something always is. */
export function Select<T extends string>({
  choices,
  value,
  onChange,
  placeholder,
  ...parts
}: Parts & { choices: readonly Choice<T>[]; value: T | null; onChange: (value: T) => void; placeholder?: string }) {
  const { below, tied } = useParts(parts);
  return (
    <div className="field">
      <label className="field-label" htmlFor={tied.id}>
        {parts.label}
      </label>
      <span className="native-select">
        <select
          {...tied}
          className="field-input"
          value={value ?? ""}
          onChange={(event) => {
            const chosen = choices.find((one) => one.value === event.currentTarget.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {placeholder === undefined ? null : (
            <option value="" disabled>
              {placeholder}
            </option>
          )}
          {choices.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={18} />
      </span>
      {below}
    </div>
  );
}

/** One of a few, all in sight; `value` null while nothing is chosen. */
export function Choices<T extends string>({
  choices,
  value,
  onChange,
  ...parts
}: Parts & { choices: readonly Choice<T>[]; value: T | null; onChange: (value: T) => void }) {
  const { below, tied } = useParts(parts);
  return (
    <fieldset className="field choices" aria-describedby={tied["aria-describedby"]} data-invalid={tied["data-invalid"]}>
      <legend className="field-label">{parts.label}</legend>
      {choices.map((one) => (
        <label key={one.value} className="choice native-choice">
          <input type="radio" name={tied.id} value={one.value} checked={one.value === value} onChange={() => onChange(one.value)} />
          <span>
            <span className="choice-label">{one.label}</span>
            {one.hint === undefined ? null : <span className="choice-hint">{one.hint}</span>}
          </span>
        </label>
      ))}
      {below}
    </fieldset>
  );
}

export function Checkbox({ children, isSelected, onChange }: { children: ReactNode; isSelected: boolean; onChange: (selected: boolean) => void }) {
  return (
    <label className="native-checkbox">
      <input type="checkbox" checked={isSelected} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
