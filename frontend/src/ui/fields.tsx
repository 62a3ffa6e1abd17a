/** What can be filled in. Every field has a visible label; a fault is said in words under it and tied to it. */
import type { ReactNode } from "react";
import {
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  RadioButton,
  RadioField,
  RadioGroup,
  Select as AriaSelect,
  SelectValue,
  Button as AriaButton,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  useLocale,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components";
import { Icon } from "./Icon";

export interface FieldParts {
  label: ReactNode;
  hint?: ReactNode;
  /** A sentence saying what is missing or wrong; present means the field is at fault. */
  fault?: string | null | undefined;
}

export function Below({ hint, fault }: { hint?: ReactNode; fault?: string | null | undefined }) {
  return (
    <>
      {hint === undefined ? null : (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      {typeof fault === "string" ? (
        <FieldError className="field-fault">
          <Icon name="warning" size={16} /> {fault}
        </FieldError>
      ) : null}
    </>
  );
}

type TextBasics = Omit<AriaTextFieldProps, "children" | "className" | "style" | "isInvalid">;

export type TextFieldProps = TextBasics & FieldParts & { placeholder?: string };

export function TextField({ label, hint, fault, placeholder, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={typeof fault === "string"} className="field" validationBehavior="aria">
      <Label className="field-label">{label}</Label>
      <Input className="field-input" {...(placeholder === undefined ? {} : { placeholder })} />
      <Below hint={hint} fault={fault} />
    </AriaTextField>
  );
}

/** Grows with what is written in it. `hideLabel` keeps the label for screen readers where the place says it already. */
export function TextArea({
  label,
  hint,
  fault,
  placeholder,
  rows = 3,
  hideLabel = false,
  ...rest
}: TextBasics & FieldParts & { placeholder?: string; rows?: number; hideLabel?: boolean }) {
  return (
    <AriaTextField {...rest} isInvalid={typeof fault === "string"} className="field" validationBehavior="aria">
      <Label className={hideLabel ? "hidden-visually" : "field-label"}>{label}</Label>
      <AriaTextArea className="field-input field-area" rows={rows} {...(placeholder === undefined ? {} : { placeholder })} />
      <Below hint={hint} fault={fault} />
    </AriaTextField>
  );
}

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string | undefined;
}

export function Select<T extends string>({
  label,
  hint,
  fault,
  choices,
  value,
  onChange,
  placeholder,
  isDisabled = false,
}: FieldParts & {
  choices: readonly Choice<T>[];
  value: T | null;
  onChange: (value: T) => void;
  placeholder: string;
  isDisabled?: boolean;
}) {
  return (
    <AriaSelect
      className="field"
      value={value}
      isDisabled={isDisabled}
      isInvalid={typeof fault === "string"}
      placeholder={placeholder}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className="field-label">{label}</Label>
      <AriaButton className="field-input field-select">
        <SelectValue />
        <Icon name="down" size={18} />
      </AriaButton>
      <Below hint={hint} fault={fault} />
      <Popover className="popover popover-list">
        <ListBox className="list" items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className="list-item">
              <Text slot="label">{choice.label}</Text>
              {choice.hint === undefined ? null : (
                <Text slot="description" className="list-hint">
                  {choice.hint}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One of a few, all in sight; `value` null while nothing is chosen. */
export function Choices<T extends string>({
  label,
  hint,
  fault,
  choices,
  value,
  onChange,
  isDisabled = false,
}: FieldParts & { choices: readonly Choice<T>[]; value: T | null; onChange: (value: T) => void; isDisabled?: boolean }) {
  return (
    <RadioGroup
      className="field choices"
      value={value}
      isDisabled={isDisabled}
      isInvalid={typeof fault === "string"}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className="field-label">{label}</Label>
      <Below hint={hint} />
      {choices.map((choice) => (
        <RadioField key={choice.value} value={choice.value}>
          <RadioButton className="choice">
            <span className="choice-mark" aria-hidden="true" />
            <span>
              <span className="choice-label">{choice.label}</span>
              {choice.hint === undefined ? null : <span className="choice-hint">{choice.hint}</span>}
            </span>
          </RadioButton>
        </RadioField>
      ))}
      <Below fault={fault} />
    </RadioGroup>
  );
}

export function Checkbox({
  children,
  isSelected,
  onChange,
  isDisabled = false,
}: {
  children: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
}) {
  return (
    <CheckboxField isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
      <CheckboxButton className="checkbox">
        <span className="checkbox-mark" aria-hidden="true">
          <Icon name="agree" size={16} />
        </span>
        <span>{children}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}

/** An amount in the minor unit of its currency: whole cents, so that it can be compared exactly. */
export interface Amount {
  minor: number;
  currency: string;
}

/** Digits after the point in a currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount as the reader writes money; round sums are shown without their empty cents. */
export function Money({ amount }: { amount: Amount }) {
  const { locale } = useLocale();
  return <span className="money">{formatAmount(amount, locale)}</span>;
}

export function formatAmount(amount: Amount, locale: string): string {
  const unit = 10 ** minorDigits(amount.currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: amount.currency,
    ...(amount.minor % unit === 0 ? { maximumFractionDigits: 0 } : {}),
  }).format(amount.minor / unit);
}
