import type { Happened } from '@/lib/contract/v1/happened';
import type { Action } from '@/lib/openstack/records';

/** Nova has something else to say about some of the actions. */
export function happenedIn(actions: Action[]): ReadonlyMap<string, Happened> {
  const results = [null, 'moved', null, 'running', 'failed', 'cancelled', 'never-started', 'unknown'] as const;
  const began = actions.filter(({ state }) => state !== 'PENDING');
  return new Map(
    began.flatMap(({ id }, i): [string, Happened][] => {
      const result = results[i % results.length] ?? null;
      return result === null ? [] : [[id, { ...SAID, result }]];
    }),
  );
}

const SAID = {
  evidence: 'migration',
  started_at: 2_000,
  ended_at: null,
  destination: null,
  migration_id: 'uuid',
  differs: true,
  text: 'Nova says something else.',
} as const;
