/** Writing an amount. In its own file: reading numbers as every language writes them weighs a good deal, and few screens ask. */
import { Input, Label, NumberField } from "react-aria-components";
import { Below, minorDigits, type Amount, type FieldParts } from "./fields";

/** Understands "12,500.00" and "12.500,00" by the reader's locale; an emptied field is `null`. */
export function MoneyField({
  label,
  hint,
  fault,
  value,
  currency,
  onChange,
  isDisabled = false,
}: FieldParts & { value: Amount | null; currency: string; onChange: (value: Amount | null) => void; isDisabled?: boolean }) {
  const unit = 10 ** minorDigits(currency);
  return (
    <NumberField
      className="field"
      value={value === null ? Number.NaN : value.minor / unit}
      minValue={0}
      isDisabled={isDisabled}
      isInvalid={typeof fault === "string"}
      formatOptions={{ style: "currency", currency, currencyDisplay: "code" }}
      onChange={(major) => onChange(Number.isNaN(major) ? null : { minor: Math.round(major * unit), currency })}
    >
      <Label className="field-label">{label}</Label>
      <Input className="field-input field-money" />
      <Below hint={hint} fault={fault} />
    </NumberField>
  );
}
