import type { Projection as View } from '@/lib/contract/v1/audits';
import type { Readings } from '@/lib/contract/v1/readings';
import { formatNames, formatThings, formatTime } from '@/lib/format';
import { HostChart } from '../charts/host-chart';
import { Caption } from '../ui/figure';
import { Notice } from '../ui/notice';
import { Panel } from '../ui/panel';
import styles from './audits.module.css';
import { HostTable } from './host-table';
import { describeConfidence, describeCoverage } from './words';

/** More names are in the table. */
const MOST_NAMES = 10;

type Props = { projection: View; hasPlan: boolean; readings: Readings; now: number };

/** CPU of every host before and after the plan, as a chart and as a table. */
export function Projection({ projection, hasPlan, readings, now }: Props) {
  const { hosts } = projection;
  const before = projection.basis === 'plan-creation' ? 'When the plan was made' : 'Now';
  const bars = hosts.flatMap(({ host, cpu_current: current, cpu_projected: projected }) =>
    current === null || projected === null ? [] : [{ host, now: current, after: projected }],
  );
  const unknown = hosts.filter(({ cpu_current: current }) => current === null).map(({ host }) => host);
  return (
    <Panel id="projection" title="CPU per host, before and after the plan" heading="h4">
      <div className={styles.stack}>
        {projection.reason ? <Notice tone="warn">{projection.reason}</Notice> : null}
        <Caption>{describeBasis(projection, hasPlan, now)}</Caption>
        {bars.length === 0 ? (
          <Notice tone="plain">{whyEmpty(hosts.length, readings)}</Notice>
        ) : (
          <HostChart bars={bars} before={before} />
        )}
        {unknown.length > 0 && bars.length > 0 ? (
          <Caption>
            {formatThings(unknown.length, 'host')} not drawn, because no exporter reports CPU:{' '}
            {formatNames(unknown, MOST_NAMES)}.
          </Caption>
        ) : null}
        {hosts.length > 0 ? (
          <details>
            <summary>View as table</summary>
            <HostTable hosts={hosts} before={before} readings={readings} now={now} />
          </details>
        ) : null}
      </div>
    </Panel>
  );
}

function describeBasis(projection: View, hasPlan: boolean, now: number): string {
  const { basis, as_of: asOf } = projection;
  const moment = `The load ${basis === 'plan-creation' ? 'when the plan was made' : 'now'}${asOf === null ? '' : ` (${formatTime(asOf, now)})`}`;
  if (!hasPlan) return `${moment}. There is no plan, so nothing would change.`;
  // A reason stands where the plan could not be applied at all.
  if (projection.reason !== null) return `${moment}. ${describeCoverage(projection)}`;
  return `${moment}, and with the plan applied. ${describeCoverage(projection)} ${describeConfidence(projection)}`;
}

function whyEmpty(hosts: number, { load }: Readings): string {
  if (hosts === 0) return 'The region has no hosts.';
  const why = load.state === 'missing' && load.error ? load.error.message : 'No exporter reports a host.';
  return `There is no chart, because no host is measured. ${why}`;
}
