import type { Overview } from '@/lib/contract/v1/overview';
import { formatCount, formatThings } from '@/lib/format';
import { PageHead } from '../ui/page';
import { Quiet } from '../ui/values';

/** "Hosts: 400 hosts, 12 hot, 34 warm", regardless of search and filters. */
export function HostsHead({ region }: { region: Overview['region'] | null }) {
  return <PageHead title="Hosts" aside={region === null ? null : <Quiet>{describe(region)}</Quiet>} />;
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
