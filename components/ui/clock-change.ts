import { DAY_MS, MINUTE_MS } from '@/lib/units';

/** When the clocks of a time zone change next; null if they don't within a year. Times in ms. */
export function nextClockChange(timeZone: string, from: number): number | null {
  const before = offsetOf(timeZone, from);
  for (let day = from + DAY_MS; day < from + 366 * DAY_MS; day += DAY_MS) {
    if (offsetOf(timeZone, day) !== before) return changeBetween(timeZone, day - DAY_MS, day);
  }
  return null;
}

/** The first time with the later offset, to the minute. */
function changeBetween(timeZone: string, from: number, until: number): number {
  const before = offsetOf(timeZone, from);
  let [early, late] = [from, until];
  while (late - early > MINUTE_MS) {
    const middle = Math.floor((early + late) / 2);
    if (offsetOf(timeZone, middle) === before) early = middle;
    else late = middle;
  }
  return Math.floor(late / MINUTE_MS) * MINUTE_MS;
}

/** How far a zone's clocks are ahead of UTC. */
function offsetOf(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return local - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
