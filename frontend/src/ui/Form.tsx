import { useId, type ReactNode } from "react";

/** A form that tells screen readers what it is for and never reloads the page. */
export function Form({ label, onSubmit, children }: { label: string; onSubmit: () => void; children: ReactNode }) {
  const id = useId();
  return (
    <form
      id={id}
      className="form"
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        onSubmit();
        // Once the faults are drawn, the first of them gets the focus, so that nobody has to look for it.
        requestAnimationFrame(() => {
          form.querySelector<HTMLElement>("[aria-invalid=true], [data-invalid] button, [data-invalid] input")?.focus();
        });
      }}
    >
      {children}
    </form>
  );
}
