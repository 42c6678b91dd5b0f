import { Amount, BigFigure, CellFoot, MissingFigure, OldTime, UNCOUNTED } from '@/components/figures/cell';
import { isOld } from '@/components/figures/freshness';
import { Split } from '@/components/figures/gauge';
import { formatBytes, formatCores, formatCount, formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';
import styles from './vms.module.css';

const MOST_LETTERS = 20;

function View({ data: { vm, region, readings }, now }: ViewProps<Payloads['virtual']>) {
  const { count, active, stopped, by_status: byStatus } = vm;
  if (count === null || active === null || stopped === null || byStatus === null)
    return <MissingFigure reason={UNCOUNTED} />;
  const others = Object.entries(byStatus).filter(([status]) => status !== 'ACTIVE' && status !== 'SHUTOFF');
  const other = others.reduce((sum, [, vms]) => sum + vms, 0);
  const words = [
    `${formatCount(active)} active`,
    `${formatCount(stopped)} stopped`,
    ...others.map(([status, vms]) => `${formatCount(vms)} ${status}`),
  ].join(', ');
  const short = other > 0 ? `${formatCount(stopped + other)} not active` : undefined;
  const long = `${formatCount(stopped)} stopped${other > 0 ? `, ${formatCount(other)} other` : ''}`;
  // In a large region the long form fits into no cell.
  const rest = short !== undefined && long.length > MOST_LETTERS ? short : long;
  return (
    <>
      <BigFigure value={formatCount(count)} unit={perHost(vm, region)} />
      <Split
        label={words}
        parts={[
          { label: 'active', count: active },
          { label: 'stopped', count: stopped, hollow: true },
          { label: 'other', count: other, hollow: true },
        ]}
      />
      <CellFoot>
        <Amount full={`${formatCount(active)} active`} />
        {isOld(readings.inventory) ? (
          <OldTime reading={readings.inventory} now={now} />
        ) : (
          <Amount full={rest} short={short} title={words} />
        )}
      </CellFoot>
    </>
  );
}

type Data = Pick<Payloads['virtual'], 'vm' | 'region' | 'vcpu'>;

/** As precise as there is room for beside the number of VMs. */
const perHost = ({ placed, density }: Data['vm'], { hosts_total: hosts }: Data['region']): string | undefined =>
  hosts === 0 || placed === null ? undefined : ` ${formatCount(density, 1)} per host`;

/** The mean size of VMs, which is allocated, not used. */
function MeanSize({ vm: { placed, avg_cpu: cpu, avg_ram: ram }, region, vcpu }: Data) {
  // Nothing has a mean size before all VMs are read, and without VMs on hosts.
  if (placed === null || placed === 0) return null;
  const of = `${formatThings(placed, 'VM')} on ${formatThings(region.hosts_total, 'host')}`;
  const title =
    cpu === null || ram === null ? (vcpu.reason ?? undefined) : `What is allocated to a VM on average; ${of}`;
  return (
    <span title={title}>
      <span className={styles.mean}>mean </span>
      {formatCores(cpu)} vCPU, {formatBytes(ram)}
    </span>
  );
}

export const vms = widget({
  name: 'vms',
  title: 'VMs',
  needs: 'virtual',
  wide: true,
  aside: ({ vm, region, vcpu }) => <MeanSize vm={vm} region={region} vcpu={vcpu} />,
  View,
});
