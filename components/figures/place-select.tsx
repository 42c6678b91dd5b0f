'use client';

import { Select } from '../ui/select';

type Props = {
  label: string;
  /** The choice of all. */
  every: string;
  names: string[];
  value: string | undefined;
  onChange: (name: string | undefined) => void;
  /** How many there have to be for a choice: every host is in a zone, but not in an aggregate. */
  least?: number;
};

const ALL = '';

/** A zone or aggregate to filter by; nothing where there is no choice. One that no host is in any more can be left. */
export function PlaceSelect({ label, every, names, value, onChange, least = 2 }: Props) {
  const all = value === undefined || names.includes(value) ? names : [...names, value];
  if (value === undefined && all.length < least) return null;
  return (
    <Select
      label={label}
      value={value ?? ALL}
      options={[{ value: ALL, label: every }, ...all.map((name) => ({ value: name, label: name }))]}
      onChange={(name) => onChange(name === ALL ? undefined : name)}
    />
  );
}
