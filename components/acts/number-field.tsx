import { Field } from './field';

type Props = {
  label: string;
  /** What must be typed; null if nothing must. */
  confirm: number | null;
  value: string;
  onChange: (value: string) => void;
};

/** The number of VMs that a person types before an act; nothing where none is asked. */
export function NumberField({ label, confirm, value, onChange }: Props) {
  if (confirm === null) return null;
  return (
    <Field
      label={label}
      note={`Type ${confirm} to confirm.`}
      name="moves"
      inputMode="numeric"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value.trim())}
    />
  );
}
