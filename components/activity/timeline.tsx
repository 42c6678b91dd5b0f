'use client';

import type { ReactNode } from 'react';
import { ACTIVITY_HOURS, type ActivityHours } from '@/lib/contract/choices';
import type { Activity } from '@/lib/contract/v1/activity';
import { formatCount, formatTime } from '@/lib/format';
import { ButtonLink } from '../ui/button';
import { Panel, PanelBody, PanelNote } from '../ui/panel';
import { BARS, countByTime, describeLanes, placeOf, ticksOf } from './lanes';
import styles from './timeline.module.css';
import { TimelineLegend } from './timeline-legend';

const HOURS_WORDS: Record<ActivityHours, string> = { '6': '6 h', '24': '24 h', '168': '7 d' };

type Props = { activity: Activity; hours: ActivityHours; q: string };

/** What happened, in lanes on one axis of time. Places are percentages, so nothing is measured. */
export function Timeline({ activity, hours, q }: Props) {
  const labels = describeLanes(activity);
  const { from, until, audits, plans, hosts, load } = activity;
  const x = (at: number) => `${placeOf(at, activity)}%`;
  return (
    <Panel
      title="Timeline"
      controls={ACTIVITY_HOURS.map((one) => (
        <ButtonLink
          key={one}
          href={`/activity/?${new URLSearchParams({ hours: one, ...(q && { q }) })}`}
          aria-current={one === hours ? 'true' : undefined}
          scroll={false}
        >
          {HOURS_WORDS[one]}
        </ButtonLink>
      ))}
    >
      <PanelBody>
        <div className={styles.lanes}>
          <Lane name="Spread, pts" label={labels.spread} tall>
            <LoadLine load={load} span={activity} of="spread" />
          </Lane>
          <Lane name="Hot hosts" label={labels.hot}>
            <LoadLine load={load} span={activity} of="hot" />
          </Lane>
          <Lane name="Audits" label={labels.audits}>
            {audits.map(({ at, audit_id: id, audit_name: audit, outcome }) => (
              <circle key={`${id} ${at}`} className={styles.audit} data-outcome={outcome} cx={x(at)} cy="50%" r="4">
                <title>{`${audit}, ${formatTime(at, until)}: ${OUTCOMES[outcome]}`}</title>
              </circle>
            ))}
          </Lane>
          <Lane name="Plans" label={labels.plans}>
            {plans.map((plan) => (
              <PlanBar key={plan.plan_id} plan={plan} span={activity} />
            ))}
          </Lane>
          <Lane name="Moves" label={labels.moves}>
            <MoveBars activity={activity} />
          </Lane>
          <Lane name="Hosts" label={labels.hosts}>
            {hosts.map(({ at, host, change, person }) => (
              <circle key={`${host} ${at}`} className={styles.host} data-change={change} cx={x(at)} cy="50%" r="4">
                <title>{`${host} ${change} by ${person}, ${formatTime(at, until)}`}</title>
              </circle>
            ))}
          </Lane>
          <div className={styles.axis} aria-hidden="true">
            {ticksOf(activity).map((at) => (
              <span key={at}>{at === until ? 'now' : formatTime(at, from)}</span>
            ))}
          </div>
        </div>
        <TimelineLegend />
      </PanelBody>
      {[activity.load_reason, activity.moves_reason].map((reason) =>
        reason === null ? null : <PanelNote key={reason}>{reason}</PanelNote>,
      )}
    </Panel>
  );
}

const OUTCOMES: Record<Activity['audits'][number]['outcome'], string> = {
  proposed: 'proposed moves',
  nothing: 'nothing to do',
  failed: 'failed',
};

type LaneProps = { name: string; label: string; tall?: boolean; children: ReactNode };

function Lane({ name, label, tall, children }: LaneProps) {
  return (
    <div className={styles.lane}>
      <span className={styles.name} aria-hidden="true">
        {name}
      </span>
      <svg className={styles.drawn} data-tall={tall || undefined} role="img" aria-label={label}>
        {children}
      </svg>
    </div>
  );
}

type Span = Pick<Activity, 'from' | 'until'>;

/** Units of the drawn part: x is a percentage of the time, y one of the highest value, downwards. */
function LoadLine({ load, span, of }: { load: Activity['load']; span: Span; of: 'spread' | 'hot' }) {
  const most = Math.max(1, ...load.map((point) => point[of]));
  const y = (value: number) => (100 * (1 - value / (1.1 * most))).toFixed(1);
  const last = load.at(-1);
  const path = load
    .map((point, i) => {
      const x = placeOf(point.at, span).toFixed(2);
      if (i === 0) return `M${x} ${y(point[of])}`;
      return of === 'hot' ? `H${x}V${y(point[of])}` : `L${x} ${y(point[of])}`;
    })
    .join('');
  return (
    <>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: a part of the image around it */}
      <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">
        <path className={styles.line} data-of={of} d={path} />
      </svg>
      {last === undefined ? null : (
        <text className={styles.value} x="100%" dx="8" y={`${y(last[of])}%`} dy="4">
          {formatCount(last[of], of === 'hot' ? 0 : 1)}
        </text>
      )}
    </>
  );
}

function PlanBar({ plan, span }: { plan: Activity['plans'][number]; span: Activity }) {
  const { audit_name: audit, plan_state: state, created_at: made, began_at: began, ended_at: ended, failed } = plan;
  const end = placeOf(ended ?? span.until, span);
  const start = placeOf(made, span);
  const runs = began === null ? null : placeOf(began, span);
  const width = (from: number, to: number) => `${Math.max(0.4, to - from)}%`;
  return (
    <g>
      <title>{`${audit}: made ${formatTime(made, span.until)}, ${state}`}</title>
      <rect className={styles.waits} x={`${start}%`} width={width(start, runs ?? end)} y="38%" height="24%" rx="2" />
      {runs === null ? null : (
        <rect
          className={styles.runs}
          data-failed={failed || undefined}
          x={`${runs}%`}
          width={width(runs, end)}
          y="22%"
          height="56%"
          rx="2"
        />
      )}
    </g>
  );
}

function MoveBars({ activity }: { activity: Activity }) {
  const bars = countByTime(activity);
  const most = Math.max(1, ...bars.map(({ all }) => all));
  const step = 100 / BARS;
  return bars.map(({ all, failed }, i) => {
    if (all === 0) return null;
    const height = (count: number) => `${(100 * count) / most}%`;
    const place = { x: `${i * step}%`, width: `${0.8 * step}%` };
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in the time
      <g key={i}>
        <rect className={styles.moves} {...place} y={`${100 - (100 * all) / most}%`} height={height(all)} />
        {failed === 0 ? null : (
          <rect className={styles.failed} {...place} y={`${100 - (100 * failed) / most}%`} height={height(failed)} />
        )}
      </g>
    );
  });
}
