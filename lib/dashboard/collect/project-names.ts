import 'server-only';
import { publicMessage } from '@/lib/errors';
import { processWide } from '@/lib/process-wide';
import { noProjectNames, type ProjectNames, readProjectNames } from '@/lib/readings/projects';
import { MINUTE_MS, SECOND_MS } from '@/lib/units';
import { type CloudOf, takeOf } from './take-of';

/** Projects are seldom made or renamed. */
const TTL_MS = 10 * MINUTE_MS;
/** No page waits longer than this for names: it shows ids until they are known. */
const FIRST_MS = SECOND_MS;

/** The same object for the same reason, so that what was made from it stays. */
const unknown = () => processWide('unknown-projects', () => ({ names: noProjectNames('') }));

/** Names of projects; never rejects. `isCurrent`: whether a reader would still get the same. */
export async function takeProjectNames(cloud: CloudOf): Promise<{ names: ProjectNames; isCurrent(): boolean }> {
  const { session } = cloud.sources;
  const taken = await takeOf<ProjectNames>(cloud, {
    name: 'projects',
    source: 'keystone',
    ttlMs: TTL_MS,
    patienceMs: { first: FIRST_MS },
    background: true,
    load: ({ previous }) => readProjectNames(session, previous?.value),
  });
  const { isCurrent } = taken;
  if (taken.state !== 'missing') return { names: taken.value, isCurrent };
  const reason = publicMessage(taken.failure.error);
  const kept = unknown();
  if (kept.names.reason !== reason) kept.names = noProjectNames(reason);
  return { names: kept.names, isCurrent };
}
