import type { ProjectedHost } from '@/lib/contract/v1/projection';
import type { Scene } from '@/lib/contract/v1/scene';
import { type LoadLimits, levelOf } from '@/lib/domain/cluster/levels';
import { formatCount, formatPercent, formatThings, MISSING } from '@/lib/format';
import { sortBy } from '@/lib/sort';
import { Panel, PanelNote } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { Changed, Name } from '../ui/values';
import styles from './hosts-after.module.css';

const FIRST_ROWS = 40;

const COLUMNS: Column[] = [
  { id: 'host', title: 'Host' },
  { id: 'chart', title: 'CPU' },
  { id: 'cpu', title: 'CPU used', kind: 'number' },
  { id: 'ram', title: 'RAM used', kind: 'number' },
  { id: 'vcpu', title: 'vCPU allocated', kind: 'number' },
  { id: 'vram', title: 'RAM allocated', kind: 'number' },
  { id: 'vms', title: 'VMs', kind: 'number' },
];

type Props = { hosts: ProjectedHost[]; limits: Scene['limits'] };

/** The hosts that the moves touch, now and after; hottest first. */
export function HostsAfter({ hosts, limits }: Props) {
  const touched = sortBy(
    hosts.filter(({ arriving, leaving }) => arriving + leaving > 0),
    ({ cpu_now: cpu }) => cpu,
    true,
  );
  const shown = useShown(touched.length, FIRST_ROWS);
  if (touched.length === 0) {
    return (
      <Panel title="Hosts, now and after">
        <PanelNote>No host changes.</PanelNote>
      </Panel>
    );
  }
  return (
    <Panel
      title="Hosts, now and after"
      note={`${formatCount(touched.length)} of ${formatThings(hosts.length, 'host')} change, hottest first.`}
      long
    >
      <ScrollTable label="Hosts now and after the plan" columns={COLUMNS}>
        {touched.slice(0, shown.count).map((host) => (
          <tr key={host.host}>
            <th scope="row">
              <Name>{host.host}</Name>
            </th>
            <td>
              <Dumbbell now={host.cpu_now} after={host.cpu_after} limits={limits.cpu} />
            </td>
            <Pair now={host.cpu_now} after={host.cpu_after} />
            <Pair now={host.ram_now} after={host.ram_after} />
            <Pair now={share(host.vcpu_now, host.vcpu_capacity)} after={share(host.vcpu_after, host.vcpu_capacity)} />
            <Pair now={share(host.vram_now, host.vram_capacity)} after={share(host.vram_after, host.vram_capacity)} />
            <td data-kind="number">
              {host.leaving > 0 ? `−${formatCount(host.leaving)}` : ''}{' '}
              {host.arriving > 0 ? `+${formatCount(host.arriving)}` : ''}
            </td>
          </tr>
        ))}
      </ScrollTable>
      <ShowMore shown={shown} />
    </Panel>
  );
}

/** Percent of the capacity in Placement. */
const share = (allocated: number | null, capacity: number | null): number | null =>
  allocated === null || capacity === null || capacity === 0 ? null : (100 * allocated) / capacity;

function Pair({ now, after }: { now: number | null; after: number | null }) {
  const before = formatPercent(now, 0);
  return (
    <td data-kind="number">
      <Changed before={before} after={now === null || after === null ? null : formatPercent(after, 0)} />
      {now !== null && after !== null && after > 100 ? (
        <>
          {' '}
          <Tag tone="warn" title="The plan gives the host more than it has">
            over
          </Tag>
        </>
      ) : null}
    </td>
  );
}

const WIDTH = 180;
const EDGE = 6;

type DumbbellProps = { now: number | null; after: number | null; limits: LoadLimits };

/** A ring for now and a dot for after, on an axis from 0 to 100%. Anything above is drawn at the end. */
function Dumbbell({ now, after, limits }: DumbbellProps) {
  if (now === null || after === null) return MISSING;
  const x = (value: number) => EDGE + (Math.min(100, Math.max(0, value)) / 100) * (WIDTH - 2 * EDGE);
  return (
    <svg
      className={styles.dumbbell}
      width={WIDTH}
      height="16"
      viewBox={`0 0 ${WIDTH} 16`}
      role="img"
      aria-label={`CPU ${formatPercent(now, 0)} now, ${formatPercent(after, 0)} after`}
    >
      <line x1={x(0)} x2={x(100)} y1="8" y2="8" className={styles.axis} />
      <line x1={x(limits.warm)} x2={x(limits.warm)} y1="2" y2="14" className={styles.limit} data-level="warm" />
      <line x1={x(limits.hot)} x2={x(limits.hot)} y1="2" y2="14" className={styles.limit} data-level="hot" />
      <line x1={x(now)} x2={x(after)} y1="8" y2="8" className={styles.connector} />
      <circle cx={x(now)} cy="8" r="4" className={styles.ring} data-level={levelOf(now, limits)} />
      <circle cx={x(after)} cy="8" r="4" className={styles.dot} />
    </svg>
  );
}
