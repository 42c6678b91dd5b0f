import type { Overview } from '@/lib/contract/v1/overview';
import type { ReadingState } from '@/lib/contract/v1/readings';
import { formatPercent, formatRatio } from '@/lib/format';
import { Resource } from './resource';

type Props = {
  label: string;
  virtual: Overview['vcpu'];
  /** An amount with its unit. */
  amount: (value: number | null) => string;
  reading: ReadingState;
  now: number;
};

/** A virtual resource: how far it is overcommitted. The meter runs to the limit, where Placement stops. */
export function Overcommit({ label, virtual, amount, reading, now }: Props) {
  const { total, allocated, free, schedulable_free: open, overcommit_ratio: ratio, overcommit_max: limit } = virtual;
  return (
    <Resource
      label={label}
      figure={`${formatRatio(ratio)} of ${formatRatio(limit, 1)}`}
      value={ratio}
      max={limit ?? 0}
      total={total}
      lines={[
        `${amount(allocated)} of ${amount(total)} allocated, ${formatPercent(virtual.allocated_percentage)}`,
        `${amount(free)} free, ${amount(open)} on hosts that take VMs`,
      ]}
      reason={virtual.reason}
      reading={reading}
      now={now}
    />
  );
}
