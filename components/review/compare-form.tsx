import { Button } from '../ui/button';
import styles from './review.module.css';

type Props = {
  choices: { value: string; label: string }[];
  left: string;
  right: string;
  /** A variant of the right plan, kept while another left one is chosen. */
  variant: [name: string, value: string][];
};

/** Which two plans. A form of the browser's own: it works without JavaScript, and its address can be sent. */
export function CompareForm({ choices, left, right, variant }: Props) {
  return (
    <form method="get" action="/compare" className={styles.whatIf}>
      <Side name="left" label="Left" value={left} choices={choices} />
      <Side name="right" label="Right" value={right} choices={choices} />
      {variant.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit">Compare</Button>
      {variant.length > 0 ? <span className={styles.quiet}>The right one is a variant.</span> : null}
    </form>
  );
}

function Side({
  name,
  label,
  value,
  choices,
}: {
  name: string;
  label: string;
  value: string;
  choices: Props['choices'];
}) {
  const known = value === '' || choices.some((choice) => choice.value === value);
  return (
    <label className={styles.side}>
      {label}
      <select name={name} className={styles.select} defaultValue={value} key={value}>
        {value === '' ? <option value="">Choose a plan…</option> : null}
        {known ? null : <option value={value}>the plan of the address</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
