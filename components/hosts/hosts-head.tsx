import type { Hosts } from '@/lib/contract/v1/hosts';
import type { Overview } from '@/lib/contract/v1/overview';
import { formatCount, formatThings } from '@/lib/format';
import { PageHead } from '../ui/page';
import { Quiet } from '../ui/values';

type Props = {
  region: Overview['region'] | null;
  /** Counts of the hosts, where those out of service are shown. */
  out?: Hosts['counts'] | null;
};

/** "Hosts: 400 hosts, 12 hot, 34 warm", regardless of search and filters. */
export function HostsHead({ region, out }: Props) {
  return (
    <PageHead
      title={out ? titleOfOut(out) : 'Hosts'}
      aside={region === null ? null : <Quiet>{describe(region)}</Quiet>}
    >
      {out && out.left_behind > 0
        ? 'What was left behind was closed by a plan that is over: nobody works on it, and nothing will open it again.'
        : undefined}
    </PageHead>
  );
}

/** "2 of 24 hosts are out of service, 1 was left behind" */
function titleOfOut({ all, out_of_service: out, left_behind: left }: Hosts['counts']): string {
  if (out === 0) return `None of ${formatThings(all, 'host')} is out of service`;
  const behind = left === 0 ? '' : `, ${left} ${left === 1 ? 'was' : 'were'} left behind`;
  return `${formatCount(out)} of ${formatThings(all, 'host')} ${out === 1 ? 'is' : 'are'} out of service${behind}`;
}

function describe({ hosts_total, hosts_hot, hosts_warm, hosts_measured, hosts_up, hosts_enabled }: Overview['region']) {
  const unmeasured = hosts_total - hosts_measured;
  const parts = [formatThings(hosts_total, 'host')];
  if (hosts_measured > 0) parts.push(`${formatCount(hosts_hot)} hot`, `${formatCount(hosts_warm)} warm`);
  if (hosts_up < hosts_total) parts.push(`${formatCount(hosts_total - hosts_up)} down`);
  if (hosts_enabled < hosts_total) parts.push(`${formatCount(hosts_total - hosts_enabled)} disabled`);
  if (unmeasured > 0) {
    parts.push(unmeasured === hosts_total ? 'load unknown' : `${formatCount(unmeasured)} not measured`);
  }
  return parts.join(', ');
}
