import { Field } from './field';

type Props = {
  /** Whether the act is not done without a reason. */
  needed: boolean;
  value: string;
  onChange: (value: string) => void;
};

/** Why somebody acts, for the journal. */
export const WhyField = ({ needed, value, onChange }: Props) => (
  <Field
    label="Why"
    note={needed ? 'Kept in the journal, with your name.' : 'For the journal; may be left empty.'}
    wide
    data-focus=""
    name="reason"
    maxLength={200}
    autoComplete="off"
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
);
