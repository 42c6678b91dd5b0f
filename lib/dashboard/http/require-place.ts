import 'server-only';
import { type PlaceQuery, takePlaces } from '../collect/places';
import type { ReadingSet } from '../collect/reading-set';
import { RequestError } from './problems';

/**
 * A zone or an aggregate that no host is in must not look like an empty one. Without Nova's aggregates nobody knows, which the
 * view says.
 *
 * @param readings with inventory
 * @throws RequestError naming the parameter
 */
export async function requirePlace(readings: ReadingSet, { zone, aggregate }: PlaceQuery): Promise<void> {
  if (!readings.inventory?.value || (zone === undefined && aggregate === undefined)) return;
  const { value: places } = await takePlaces(readings);
  if (places === null) return;
  if (zone !== undefined && !places.zones.includes(zone))
    throw new RequestError('not-found', 'No compute host is in a zone of this name.', 'zone');
  if (aggregate !== undefined && !places.aggregates.includes(aggregate))
    throw new RequestError('not-found', 'No compute host is in an aggregate of this name.', 'aggregate');
}
