import type { OutOfService } from '@/lib/contract/v1/closed-host';
import type { Host } from '@/lib/contract/v1/hosts';
import { formatAge, formatCount, formatTime, MISSING } from '@/lib/format';
import { drainAddress, planAddress } from '../figures/addresses';
import { ButtonLink } from '../ui/button';
import { Icon } from '../ui/icon';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { NameLink, Quiet, Unknown } from '../ui/values';
import { hostPageAddress } from './choice';
import { OUT_STATES } from './drain-words';
import styles from './out-table.module.css';

const COLUMNS: Column[] = [
  { id: 'host', title: 'Host' },
  { id: 'state', title: 'State', kind: 'prose' },
  { id: 'since', title: 'Since' },
  { id: 'by', title: 'By' },
  { id: 'why', title: 'Why', kind: 'prose' },
  { id: 'back', title: 'Back by' },
  { id: 'vms', title: 'VMs on it', kind: 'number' },
  { id: 'act', title: <span className="visually-hidden">Act</span> },
];

/** Hosts that take no new VMs: what that is, who closed them, and what is still on them. */
export function OutTable({ hosts, now }: { hosts: Host[]; now: number }) {
  return (
    <ScrollTable label="Hosts out of service" columns={COLUMNS} layout="cards">
      {hosts.flatMap((host) =>
        host.out === null ? [] : [<Row key={host.name} host={host} out={host.out} now={now} />],
      )}
    </ScrollTable>
  );
}

function Row({ host, out, now }: { host: Host; out: OutOfService; now: number }) {
  const { word, icon } = OUT_STATES[out.state];
  const { closed, since, plan } = out;
  const back = closed?.back_by ?? null;
  return (
    <tr {...ROLES.row}>
      <th {...ROLES.rowHead} scope="row" data-card="full">
        <NameLink href={hostPageAddress(host.name)}>{host.name}</NameLink>
        {host.zone === null ? null : <span className={styles.two}>{host.zone}</span>}
      </th>
      <td {...ROLES.cell} data-kind="prose" data-card="full">
        <span className={styles.state}>
          {icon === undefined ? null : <Icon name={icon} size={14} tone={icon} />}
          {word}
        </span>
        <span className={styles.two}>{out.text}</span>
      </td>
      <td {...ROLES.cell} data-label="since">
        {since === null ? (
          <Unknown reason="Nova does not keep when." />
        ) : (
          <>
            {formatTime(since, now)}
            <span className={styles.two}>{formatAge(now - since)}</span>
          </>
        )}
      </td>
      <td {...ROLES.cell} data-label="by">
        {byInWords(out)}
      </td>
      <td {...ROLES.cell} data-kind="prose" data-card="full">
        {closed?.reason ?? <Unknown reason="Nova has no reason." />}
        {plan === null ? null : (
          <span className={styles.two}>
            <NameLink href={planAddress(plan.audit_id, plan.plan_id)}>{plan.audit_name}</NameLink>, {plan.plan_state}
          </span>
        )}
      </td>
      <td {...ROLES.cell} data-label="back by">
        {back === null ? (
          <Quiet>{MISSING}</Quiet>
        ) : (
          <span className={styles.back} data-late={back < now || undefined}>
            {formatTime(back, now)}
            <span className={styles.two}>{back < now ? 'that is over' : `in ${formatAge(back - now)}`}</span>
          </span>
        )}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="VMs">
        {formatCount(host.vms)}
      </td>
      <td {...ROLES.cell} className={styles.act}>
        <ButtonLink href={drainAddress(host.name)} aria-label={`${actOf(out)} ${host.name}`}>
          {actOf(out)}
        </ButtonLink>
      </td>
    </tr>
  );
}

function byInWords({ closed }: OutOfService): string {
  switch (closed?.by) {
    case 'here':
      return closed.person ?? MISSING;
    case 'watcher':
      return 'Watcher';
    case 'other':
    case 'unknown':
      return 'outside';
    default:
      return MISSING;
  }
}

/** The page that it leads to says what may be done now. */
const actOf = ({ state }: OutOfService): string =>
  state === 'left-behind' ? 'Open it again…' : state === 'in-maintenance' ? 'Bring it back…' : 'Look at it…';
