import 'server-only';
import type { Aggregate, ServerFlavor } from '@/lib/openstack/records';
import { type Part, type PlacingRules, readAggregates, readFurtherRules } from '@/lib/readings/placing-rules';
import { MINUTE_MS } from '@/lib/units';
import { lastFor } from './last-for';
import type { ReadingSet } from './reading-set';
import { partOf, takeOf } from './take-of';

/** What decides where VMs may go, read every few minutes: aggregates for all who ask, the rest for those who place VMs. */

const FRESH_MS = 5 * MINUTE_MS;

/** Zones and aggregates of hosts. */
export async function takeAggregates(readings: ReadingSet): Promise<Part<Aggregate[]>> {
  const part = partOf(
    await takeOf(readings, {
      name: 'aggregates',
      source: 'nova',
      ttlMs: FRESH_MS,
      load: () => readAggregates(readings.sources.session),
    }),
  );
  return part.value ?? part;
}

export type Placing = { rules: Part<PlacingRules>; flavors: Part<ServerFlavor[]> };

const keepPlacing = lastFor<Placing>('placing');

/** The same object for as long as what was read is the same. @param readings with inventory */
export async function takePlacing(readings: ReadingSet): Promise<Placing> {
  const [aggregates, further] = await Promise.all([
    takeAggregates(readings),
    takeOf(readings, {
      name: 'further-rules',
      source: 'nova',
      ttlMs: FRESH_MS,
      load: () => readFurtherRules(readings.sources.session, readings.inventory?.value?.servers ?? []),
    }),
  ]);
  const { value, reason } = partOf(further);
  return keepPlacing([readings.region, aggregates.value, aggregates.reason, value, reason], () => {
    if (value === null) return { rules: { value, reason }, flavors: { value, reason } };
    const { flavors, ...others } = value;
    return { rules: { value: { aggregates, ...others }, reason: null }, flavors };
  });
}
