'use client';

import type { HostPlan } from '@/lib/contract/v1/hosts';
import { formatAge, formatThings } from '@/lib/format';
import { Select } from '../ui/select';

/** A plan that can be applied to the hosts. `createdAt` in ms. */
export type PlanOption = { id: string; name: string; createdAt: number; migrations: number; state: string };

type Props = {
  plan: HostPlan | null;
  plans: PlanOption[];
  now: number;
  /** The id of an audit, or `none`. */
  onChange: (audit: string) => void;
};

const NONE = 'none';

/** Which plan the figures after the plan belong to. */
export function PlanSelect({ plan, plans, now, onChange }: Props) {
  const options = plans.map(({ id, name, migrations, createdAt }) => ({
    value: id,
    label: `${name}: ${formatThings(migrations, 'migration')}, ${formatAge(now - createdAt)} ago`,
  }));
  return (
    <Select
      label="Plan"
      value={plan?.audit_id ?? NONE}
      options={[...options, { value: NONE, label: 'No plan' }]}
      onChange={onChange}
    />
  );
}
