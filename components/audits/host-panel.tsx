'use client';

import { useMemo, useState } from 'react';
import type { AuditDetail } from '@/lib/contract/v1/audits';
import { formatCount, formatNames, formatThings } from '@/lib/format';
import { BarChart } from '../charts/bar-chart';
import { DumbbellChart } from '../charts/dumbbell-chart';
import { Legend } from '../charts/legend';
import { useAddress } from '../live/selection';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { type Level, Panel, PanelBody, PanelFoot, PanelNote } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import { chartsOf, describeRows, pickRows } from './host-loads';
import styles from './host-panel.module.css';
import { HostTable } from './host-table';
import { beforeWords, limitsOf, METRIC_NAMES, type Metric, splitHosts } from './loads';
import { describeBasis } from './words';

/** The table shows all names. */
const MOST_NAMES = 40;

/** The metric in the address (`?load=ram`). */
export function useMetric(): { metric: Metric; choose: (metric: Metric) => void } {
  const { params, change } = useAddress();
  const metric = params.get('load') === 'ram' ? 'ram' : 'cpu';
  return { metric, choose: (wanted) => change({ load: wanted === 'cpu' ? null : wanted }) };
}

type Props = { detail: AuditDetail; now: number; level: Level };

/** CPU or RAM of every host, now and after the plan, as a chart or as a table with more figures. */
export function HostPanel({ detail, now, level }: Props) {
  const { projection, readings } = detail;
  const { metric: wanted, choose } = useMetric();
  // Another audit starts with its largest changes again; the table view stays.
  const [allOf, setAllOf] = useState<string | null>(null);
  const all = allOf === detail.audit.id;
  const [asTable, setAsTable] = useState(false);
  const hosts = projection?.hosts ?? NO_HOSTS;
  const split = useMemo(() => ({ cpu: splitHosts(hosts, 'cpu'), ram: splitHosts(hosts, 'ram') }), [hosts]);
  const noRam = split.ram.loads.length === 0;
  const metric = noRam ? 'cpu' : wanted;
  const { loads, unknown } = split[metric];
  const { warm, hot } = limitsOf(detail, metric);
  const picked = useMemo(() => pickRows(loads, all), [loads, all]);
  const what = METRIC_NAMES[metric];
  const before = beforeWords(projection?.basis ?? 'now');
  const charts = useMemo(
    () => chartsOf({ what, loads, rows: picked.rows, limits: { warm, hot }, before }),
    [what, loads, picked, warm, hot, before],
  );
  const title = `${what} per host, ${before} and after the plan`;
  const switcher = (
    <Segmented
      label="Metric"
      value={metric}
      options={[
        { value: 'cpu', label: 'CPU' },
        { value: 'ram', label: 'RAM', disabled: noRam ? whyNoRam(detail) : undefined },
      ]}
      onChange={choose}
    />
  );
  if (projection === null || readings.inventory.state === 'missing') {
    return (
      <Panel title={title} level={level}>
        <PanelBody>
          <Notice tone="plain">
            {projection === null ? 'There is no projection.' : 'Hosts and VMs are unknown, so there is no projection.'}
          </Notice>
        </PanelBody>
      </Panel>
    );
  }
  return (
    <Panel title={title} level={level} controls={hosts.length > 0 ? switcher : undefined}>
      {projection.reason ? (
        <PanelBody>
          <Notice tone="warn">{projection.reason}</Notice>
        </PanelBody>
      ) : null}
      {loads.length === 0 ? (
        <PanelBody>
          <Notice tone="plain">{whyEmpty(detail)}</Notice>
        </PanelBody>
      ) : asTable ? (
        <HostTable key={detail.audit.id} hosts={hosts} metric={metric} before={before} readings={readings} now={now} />
      ) : (
        <div className={styles.charts}>
          <Legend entries={charts.legend} />
          {charts.distribution ? <BarChart {...charts.distribution} /> : null}
          <DumbbellChart {...charts.hosts} />
        </div>
      )}
      <PanelNote>
        {unknown.length > 0 && loads.length > 0 ? (
          <span title={unknown.slice(0, MOST_NAMES).join(', ')}>
            {formatThings(unknown.length, 'host')} not drawn, because no exporter reports {what}: {formatNames(unknown)}
            .{' '}
          </span>
        ) : null}
        {describeBasis(detail, now)}
      </PanelNote>
      <PanelFoot
        controls={
          hosts.length === 0 ? undefined : (
            <>
              {!asTable && (picked.more !== null || all) && loads.length > 0 ? (
                <Button onClick={() => setAllOf(all ? null : detail.audit.id)}>
                  {all ? 'Show fewer' : `Show all ${formatCount(picked.more)}`}
                </Button>
              ) : null}
              <Button icon={asTable ? 'chart' : 'list'} onClick={() => setAsTable(!asTable)}>
                {asTable ? 'View as chart' : 'View as table'}
              </Button>
            </>
          )
        }
      >
        {loads.length > 0 && !asTable && projection.reason === null ? describeRows(picked) : null}
      </PanelFoot>
    </Panel>
  );
}

const NO_HOSTS: never[] = [];

function whyEmpty({ projection, readings: { load } }: AuditDetail): string {
  if (projection?.hosts.length === 0) return 'The region has no hosts.';
  const why = load.state === 'missing' && load.error ? load.error.message : 'No exporter reports any host.';
  return `There is no chart, because no host is measured. ${why}`;
}

function whyNoRam({ readings: { load } }: AuditDetail): string {
  return load.state === 'missing' && load.error ? load.error.message : 'No exporter reports host RAM.';
}
