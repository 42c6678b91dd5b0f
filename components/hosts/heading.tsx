import type { Overview } from '@/lib/contract/v1/overview';
import { formatCount, formatThings } from '@/lib/format';
import styles from './hosts.module.css';

/** "Hosts: 400 hosts, 12 hot, 34 warm", of all that there are, whatever is searched for. */
export function HostsHeading({ region }: { region: Overview['region'] | null }) {
  return (
    <div className={styles.heading}>
      <h1 className={styles.title}>Hosts</h1>
      {region === null ? null : <p className={styles.subtitle}>{describe(region)}</p>}
    </div>
  );
}

function describe({ hosts_total, hosts_hot, hosts_warm, hosts_measured, hosts_up, hosts_enabled }: Overview['region']) {
  const parts = [formatThings(hosts_total, 'host')];
  if (hosts_measured > 0) parts.push(`${formatCount(hosts_hot)} hot`, `${formatCount(hosts_warm)} warm`);
  if (hosts_up < hosts_total) parts.push(`${formatCount(hosts_total - hosts_up)} down`);
  if (hosts_enabled < hosts_total) parts.push(`${formatCount(hosts_total - hosts_enabled)} disabled`);
  const unmeasured = hosts_total - hosts_measured;
  if (unmeasured > 0)
    parts.push(unmeasured === hosts_total ? 'load unknown' : `${formatCount(unmeasured)} not measured`);
  return parts.join(', ');
}
