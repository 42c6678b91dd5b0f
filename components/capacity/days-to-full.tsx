'use client';

import { useState } from 'react';
import type { Forecasts, ForecastView } from '@/lib/contract/v1/forecast';
import { ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Panel, PanelBody, PanelFoot, PanelNote } from '../ui/panel';
import { Segmented } from '../ui/segmented';
import styles from './days-to-full.module.css';
import { ForecastFan } from './forecast-fan';
import { byZone, firstToFill, SUBJECTS } from './zone-forecasts';

/** More zones than this would not fit side by side. */
const MOST_SEGMENTS = 5;

/** When each zone is full: one zone at a time, the first to fill before the others. */
export function DaysToFull({ forecasts, reason }: Pick<Forecasts, 'forecasts' | 'reason'>) {
  const zones = byZone(forecasts);
  const [wanted, choose] = useState<string | null>(null);
  const chosen = zones.find(({ zone }) => zone === wanted) ?? firstToFill(zones) ?? zones[0];
  if (!chosen) {
    return (
      <Panel title="Days to full">
        <EmptyState icon="clock" heading="h3" title="No answer">
          {reason ?? 'Nothing is known about the capacity of any zone.'}
        </EmptyState>
      </Panel>
    );
  }
  const { zone, first, others } = chosen;
  const shown = zones.slice(0, MOST_SEGMENTS);
  return (
    <Panel
      title="Days to full"
      note={`${SUBJECTS[first.resource]}, share of what may be used with one host in reserve`}
      controls={
        shown.length < 2 ? undefined : (
          <Segmented
            label="Zone"
            value={zone}
            options={shown.map((one) => ({ value: one.zone, label: one.zone }))}
            onChange={choose}
          />
        )
      }
    >
      <PanelBody>
        <p className={styles.said}>
          <b>{zone}</b> {first.text}.
        </p>
        {first.history.length < 2 ? null : <ForecastFan forecast={first} label={labelOf(first)} />}
        <p className={styles.more}>{others.map((one) => `${SUBJECTS[one.resource]} ${one.text}.`).join(' ')}</p>
      </PanelBody>
      {[first.advice, reason].map((text) => (text === null ? null : <PanelNote key={text}>{text}</PanelNote>))}
      <PanelFoot
        controls={
          <ButtonLink href="/days-to-full.csv" icon="export" download>
            Export CSV
          </ButtonLink>
        }
      >
        Every zone and resource
      </PanelFoot>
    </Panel>
  );
}

const labelOf = ({ zone, resource, text, history }: ForecastView): string =>
  `${SUBJECTS[resource]} of ${zone} over ${history.length} days: ${text}.`;
