'use client';

import { useTransition } from 'react';
import type { HostPlan as Plan } from '@/lib/contract/v1/hosts';
import { PanelLine } from '../ui/panel';
import { usePages } from '../ui/use-pages';
import { type HostChoice, hostPageAddress } from './choice';
import { type PlanOption, PlanSelect } from './plan-select';

type Props = { name: string; choice: HostChoice; plan: Plan | null; plans: PlanOption[]; now: number };

/** Which plan the figures belong to, and how reliable they are. */
export function HostPlan({ name, choice, plan, plans, now }: Props) {
  const pages = usePages();
  const [pending, startTransition] = useTransition();
  return (
    <PanelLine busy={pending}>
      <span>Figures after the plan are for</span>
      <PlanSelect
        plan={plan}
        plans={plans}
        now={now}
        onChange={(audit) =>
          startTransition(() => pages.push(hostPageAddress(name, { ...choice, audit }), { scroll: false }))
        }
      />
      {plan === null ? null : <span>{plan.reason ?? CONFIDENCE[plan.confidence]}</span>}
    </PanelLine>
  );
}

const CONFIDENCE: Record<Plan['confidence'], string> = {
  measured: 'Based on the measured use of each VM.',
  estimated: 'Partly estimated: of VMs that are not measured, or that add up to more than their host uses.',
  'allocation-only': 'No host is measured, so only allocations are moved.',
  none: '',
};
