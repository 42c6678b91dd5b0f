'use client';

import { formatTime } from '@/lib/format';
import styles from './local-time.module.css';
import { useZone } from './use-zone';

type Props = { at: number; now: number; more: string };

/** A time in the visitor's zone, with UTC and a remark below. Its place is as wide before the zone is known. */
export function LocalTime({ at, now, more }: Props) {
  const zone = useZone();
  const utc = formatTime(at, now);
  const isOwn = zone !== null && zone !== 'UTC';
  return (
    <time className={styles.time} dateTime={new Date(at).toISOString()}>
      {isOwn ? inZone(at, now, zone) : utc}
      <span className={styles.more}>{isOwn ? `${utc}, ${more}` : more}</span>
    </time>
  );
}

/** Which times a list has; as long before the zone is known, so that nothing moves. */
export function ZoneNote() {
  const zone = useZone();
  return zone === null || zone === 'UTC' ? 'Times are in UTC' : 'Your time, UTC below';
}

/** 04:10; with the date if that isn't today there. */
function inZone(at: number, now: number, timeZone: string): string {
  const dayOf = (time: number) => dateIn(time, timeZone);
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  return dayOf(at) === dayOf(now) ? clock : `${dayOf(at)}, ${clock}`;
}

const dateIn = (time: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone }).format(time);
