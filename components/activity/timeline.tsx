'use client';

import { type ReactNode, useState } from 'react';
import { ACTIVITY_HOURS, type ActivityHours } from '@/lib/contract/choices';
import type { Activity } from '@/lib/contract/v1/activity';
import { formatCount, formatTime } from '@/lib/format';
import { Panel, PanelBody, PanelNote } from '../ui/panel';
import { SegmentedLinks } from '../ui/segmented';
import { listEvents, OUTCOMES } from './events';
import { HostLane } from './host-lane';
import { describeRows, hotRows, outRows } from './host-times';
import { BARS, countByTime, describeLanes, placeOf, ticksOf } from './lanes';
import { PlanLane } from './plan-lane';
import { Stepper } from './stepper';
import styles from './timeline.module.css';
import { TimelineLegend } from './timeline-legend';

const HOURS_WORDS: Record<ActivityHours, string> = { '6': '6 h', '24': '24 h', '168': '7 d' };

type Props = { activity: Activity; hours: ActivityHours; q: string };

/** What happened, in lanes on one axis of time. Places are percentages, so nothing is measured. */
export function Timeline({ activity, hours, q }: Props) {
  const labels = describeLanes(activity);
  const { until, audits, load } = activity;
  const [hot, out] = [hotRows(activity), outRows(activity)];
  const x = (at: number) => `${placeOf(at, activity)}%`;
  const events = listEvents(activity);
  const [chosen, choose] = useState<string | null>(null);
  const position = events.findIndex(({ key }) => key === chosen);
  const current = events[position];
  const cursor = current === undefined ? null : placeOf(current.at, activity);
  return (
    <Panel
      title="Timeline"
      controls={
        <SegmentedLinks
          label="How far back"
          value={hours}
          options={ACTIVITY_HOURS.map((one) => ({ value: one, label: HOURS_WORDS[one], href: addressOf(one, q) }))}
        />
      }
    >
      <PanelBody>
        <div className={styles.lanes}>
          <Lane name="Spread, pts" label={labels.spread} cursor={cursor} tall>
            <LoadLine load={load} span={activity} of="spread" />
          </Lane>
          <Lane name="Audits" label={labels.audits} cursor={cursor}>
            {audits.map(({ at, audit_id: id, audit_name: audit, outcome }) => (
              <circle key={`${id} ${at}`} className={styles.audit} data-outcome={outcome} cx={x(at)} cy="50%" r="4">
                <title>{`${audit}, ${formatTime(at, until)}: ${OUTCOMES[outcome]}`}</title>
              </circle>
            ))}
          </Lane>
          <div className={styles.lane}>
            <LaneName>Plans</LaneName>
            <PlanLane activity={activity} label={labels.plans} cursor={cursor} />
          </div>
          <Lane name="Moves" label={labels.moves} cursor={cursor}>
            <MoveBars activity={activity} />
          </Lane>
          <Lane name="Hot hosts" label={labels.hot} cursor={cursor}>
            <LoadLine load={load} span={activity} of="hot" />
          </Lane>
          {hot.rows.length === 0 ? null : (
            <div className={styles.lane}>
              <span />
              <HostLane rows={hot} label={describeRows('Hosts that were hot', hot)} cursor={cursor} />
            </div>
          )}
          {out.rows.length === 0 ? null : (
            <div className={styles.lane} data-top>
              <LaneName>Out of service</LaneName>
              <HostLane rows={out} label={describeRows('Out of service', out)} cursor={cursor} />
            </div>
          )}
          <div className={styles.axis} aria-hidden="true">
            {ticksOf(activity).map((at) => (
              <span key={at}>{at === until ? 'now' : formatTime(at, until)}</span>
            ))}
          </div>
        </div>
        <Stepper
          events={events}
          at={position < 0 ? null : position}
          choose={(at) => choose(events[at]?.key ?? null)}
          addressFor={(name) => addressOf(hours, name)}
        />
        <TimelineLegend />
      </PanelBody>
      {[activity.load_reason, activity.moves_reason].map((reason) =>
        reason === null ? null : <PanelNote key={reason}>{reason}</PanelNote>,
      )}
    </Panel>
  );
}

/** The page with the same time and this filter. */
const addressOf = (hours: ActivityHours, q: string): string =>
  `/activity/?${new URLSearchParams({ hours, ...(q && { q }) })}`;

function LaneName({ children }: { children: string }) {
  return (
    <span className={styles.name} aria-hidden="true">
      {children}
    </span>
  );
}

type LaneProps = { name: string; label: string; tall?: boolean; cursor: number | null; children: ReactNode };

function Lane({ name, label, tall, cursor, children }: LaneProps) {
  return (
    <div className={styles.lane}>
      <LaneName>{name}</LaneName>
      <svg className={styles.drawn} data-tall={tall || undefined} role="img" aria-label={label}>
        {children}
        {cursor === null ? null : (
          <line className={styles.cursor} x1={`${cursor}%`} x2={`${cursor}%`} y1="0" y2="100%" />
        )}
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
