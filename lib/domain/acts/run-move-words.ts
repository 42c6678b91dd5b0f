import type { MoveWord, RunMove } from '@/lib/contract/v1/run-moves';
import { formatAge, formatStamp } from '@/lib/format';
import { resultOf } from '@/lib/migration-result';
import { mayHaveRun } from '../plans/runs';
import { abortedInWords, skippedInWords, stoppedInWords } from './run-acts';
import { type MoveCase, placeElsewhere } from './run-case';
import { stalledSince } from './run-samples';

/** What the words about moves are called, and the sentence that goes with each. */

const TITLES: Record<MoveWord, string> = {
  waits: 'Waits',
  queued: 'Queued',
  preparing: 'Preparing',
  copying: 'Copying',
  'not-converging': 'Not converging',
  'switching-over': 'Switching over',
  done: 'Done',
  'arrived-elsewhere': 'Arrived elsewhere',
  unconfirmed: 'Waits to be confirmed',
  'gave-up': 'Watcher gave up, Nova did not',
  'gave-up-arrived': 'Watcher gave up, it arrived',
  failed: 'Failed',
  aborted: 'Aborted',
  'left-out': 'Left out',
  'not-started': 'Not started',
  unknown: 'Not known',
};

/** @param words the word, and the one that both services made last, which differs if one of them is silent */
export function describeMove(
  given: MoveCase,
  { word, last }: { word: MoveWord; last: MoveWord },
): Pick<RunMove, 'title' | 'text'> {
  if (word === 'waits' && given.step.wave > 1) {
    return { title: `Waits for wave ${given.step.wave - 1}`, text: null };
  }
  return { title: TITLES[word], text: word === last ? textOf(word, given) : lastWord(last, given) };
}

function textOf(word: MoveWord, given: MoveCase): string | null {
  const { step, action, migration, series, run } = given;
  switch (word) {
    case 'waits':
    case 'done':
      return null;
    case 'not-started':
      return isStopped(given) ? stoppedInWords(run.acts) : null;
    case 'queued':
      return migration === null ? 'Given to Nova, which has not begun.' : behind(given);
    case 'preparing':
      return 'The target is being prepared.';
    case 'copying':
      return step.live ? null : 'The VM is off while it moves.';
    case 'not-converging': {
      const since = series === null ? null : stalledSince(series);
      const time = since === null ? '' : ` for ${formatAge(run.now - since)}`;
      return `Nothing gained${time}: its memory changes as fast as it is copied.`;
    }
    case 'switching-over':
      if (action.state === 'SUCCEEDED') return `It is on ${step.destination ?? 'its target'}; Nova has yet to finish.`;
      return step.live ? 'A pause of under a second.' : null;
    case 'arrived-elsewhere': {
      const host = placeElsewhere(given);
      return host === step.source
        ? `Nova calls it completed and still has the VM on ${host}.`
        : `Nova has the VM on ${host ?? 'another host'}.`;
    }
    case 'unconfirmed':
      return migration?.updatedAt == null
        ? 'Until then both hosts keep room for it.'
        : `Since ${clock(migration.updatedAt)}; until then both hosts keep room for it.`;
    case 'gave-up':
      return `${givenUp(given)} Nova still ${doing(given)} it.`;
    case 'gave-up-arrived':
      return `${givenUp(given)} Nova finished it all the same.`;
    case 'failed':
      return `${sentence(reasonIn(action.statusMessage))}${stays(given)}`.trim() || null;
    case 'aborted':
      return `${abortedInWords(run.acts, action.id, isStopped(given))}${stays(given)}`;
    case 'left-out':
      return skippedInWords(run.acts, action.id, action.statusMessage);
    case 'unknown':
      return step.happened?.result === 'unknown' ? step.happened.text : `Watcher says ${action.state}.`;
  }
}

/** The next run of a continuous audit cancels plans, too, but none that has begun. */
const isStopped = ({ run: { plan, actions, acts } }: MoveCase): boolean =>
  acts.stopped !== null || (['CANCELLING', 'CANCELLED'].includes(plan.state) && mayHaveRun(plan, actions));

/** "02:41": days are rarely in doubt while one watches. */
const clock = (at: number): string => formatStamp(at).slice(11, 16);

/** What Watcher says beside the reason helps nobody: where in its code it failed, and the id of the action. */
function reasonIn(message: string | null): string | null {
  const reason = message?.replace(/^Action failed in \w+: /, '') ?? null;
  return reason === null || /^The action \S+ execution failed\.?$/.test(reason) ? null : reason;
}

const sentence = (text: string | null): string => (text === null ? '' : `${text.replace(/\.?\s*$/, '')}.`);

function stays({ step, run: { cluster, listedAt } }: MoveCase): string {
  if (step.vm_id !== null && listedAt !== null && !cluster.servers.has(step.vm_id)) return ' The VM is gone.';
  return step.source === null ? '' : ` It stays on ${step.source}.`;
}

const doing = ({ migration }: MoveCase): string =>
  migration?.status === 'queued' ? 'has yet to begin' : migration?.status === 'running' ? 'copies' : 'runs';

function givenUp({ action, step }: MoveCase): string {
  if (action.state !== 'FAILED') return 'Watcher has ended the plan.';
  const start = step.happened?.started_at ?? null;
  const waited = start === null || action.updatedAt === null ? null : action.updatedAt - start;
  return waited === null || waited <= 0
    ? 'Watcher calls it failed.'
    : `Watcher waited ${formatAge(waited)} and calls it failed.`;
}

/** Nova lets few live migrations leave a host at a time. */
function behind({ run: { migrations, cluster }, migration }: MoveCase): string {
  const ahead = migrations.filter(
    (one) =>
      one.id !== migration?.id &&
      one.source === migration?.source &&
      resultOf(one) === 'running' &&
      one.status !== 'queued',
  );
  const names = ahead.map(({ serverId }) => cluster.servers.get(serverId)?.name).filter((name) => name !== undefined);
  return names.length === 0 ? 'At Nova.' : `At Nova, behind ${names[0]}, which leaves the same host.`;
}

/** What is said of a move while nobody who knows answers. */
function lastWord(last: MoveWord, { run: { nova, watcher } }: MoveCase): string {
  const [name, { at, failure }] = last === 'waits' ? ['Watcher', watcher] : ['Nova', nova];
  if (at === null) return failure?.message ?? `${name} has not answered.`;
  return `${name} has not answered since ${clock(at)}. The last word: ${TITLES[last].toLowerCase()}.`;
}
