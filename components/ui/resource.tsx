import { MISSING } from '@/lib/format';
import { Caption, Figure } from './figure';
import { Meter } from './meter';

type Props = {
  /** What it is, for those who can't see the meter. */
  label: string;
  /** The big figure, a dash where it is not known. */
  figure: string;
  value: number | null;
  max: number;
  warm?: number;
  hot?: number;
  lines: string[];
  /** Why something is not known. */
  reason: string | null;
};

/** A resource: its figure, how full it is, and the amounts behind it. */
export function Resource({ label, figure, value, max, warm, hot, lines, reason }: Props) {
  return (
    <>
      <Figure value={value === null ? MISSING : figure} />
      <Meter label={label} value={value} max={max} warm={warm} hot={hot} />
      {lines.map((line) => (
        <Caption key={line}>{line}</Caption>
      ))}
      {reason ? <Caption>{reason}</Caption> : null}
    </>
  );
}
