import { formatStamp } from '@/lib/format';
import type { Examination } from '@/lib/readings/examination';
import type { HostIndex } from '../cluster/host-index';
import { type LeftDisabled, listLeftDisabled, REMEDIES } from '../plans/left-disabled';
import { checksOf, judge, ofAll, type RawCheck } from './check';

/** Strategies disable hosts before they empty them; only one of them enables them again, and only at its end. */
export function leftDisabled({ hypervisors, plans, audits, planActions }: Examination, index: HostIndex): RawCheck {
  return checksOf('Watcher')(
    'left-disabled',
    'Watcher has left no host disabled',
    judge(hypervisors, 'Check that Nova lists its hosts.', (hosts) =>
      judge(
        planActions,
        'Without the actions of plans, hosts that a running plan disabled can’t be told apart.',
        (actions) => {
          const known = { audits: audits.value ?? [], plans: plans.value ?? [], actions };
          const left = listLeftDisabled(hosts, known, (name) => index.resolve(name));
          return {
            status: left.length === 0 ? 'ok' : 'warning',
            evidence:
              left.length === 0
                ? 'No host is disabled with a reason of Watcher, except by plans that are running.'
                : `${ofAll(left.length, hosts.length, 'hosts')} ${left.length === 1 ? 'is' : 'are'} disabled by Watcher, and no running plan needs that.`,
            details: left.map(describe),
            fix:
              left.length === 0
                ? null
                : 'Watcher does not enable them again. When a host may take VMs: `openstack compute service set --enable <host> nova-compute`.',
          };
        },
      ),
    ),
  );
}

function describe({ host, reason, since, audit }: LeftDisabled): string {
  const when = since === null ? '' : ` since ${formatStamp(since)}`;
  const by = audit === null ? '' : `, by the plan of ${audit}`;
  return `${host}: ${reason}${when}${by}; ${REMEDIES[reason] ?? 'enable it when it may take VMs'}`;
}
