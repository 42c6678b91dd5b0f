'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import type { HostPlan as Plan } from '@/lib/contract/v1/hosts';
import { type HostChoice, hostAddress } from './choice';
import styles from './hosts.module.css';
import { type PlanOption, PlanSelect } from './plan-select';

type Props = { name: string; choice: HostChoice; plan: Plan | null; plans: PlanOption[]; now: number };

/** Which plan the figures after it are of, and how sure they are. */
export function HostPlan({ name, choice, plan, plans, now }: Props) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <div className={styles.planLine} aria-busy={pending}>
      <span>Figures after the plan are of</span>
      <PlanSelect
        plan={plan}
        plans={plans}
        now={now}
        onChange={(audit) =>
          startTransition(() => router.push(hostAddress(name, { ...choice, audit }), { scroll: false }))
        }
      />
      {plan === null ? null : <span>{plan.reason ?? CONFIDENCE[plan.confidence]}</span>}
    </div>
  );
}

const CONFIDENCE: Record<Plan['confidence'], string> = {
  measured: 'By the measured use of each VM.',
  estimated: 'Partly estimated from vCPU shares.',
  'allocation-only': 'No host is measured, so only allocations are moved.',
  none: '',
};
