import type { MoveWord, RunMove } from '@/lib/contract/v1/run-moves';
import { resultOf } from '@/lib/migration-result';
import type { Action, ServerMigration } from '@/lib/openstack/records';
import { SECOND_MS } from '@/lib/units';
import { describeOwner } from '../cluster/projects';
import { readAction } from '../plans/actions';
import { isRunning } from '../plans/states';
import { listMoves } from '../plans/steps';
import { type Hearing, type MoveCase, placeElsewhere, type RunCase } from './run-case';
import { describeMove } from './run-move-words';
import { copiedOf, rateOf, type Series, secondsLeft, stalledSince } from './run-samples';

/** How each move of a run stands: the word that Watcher and Nova make together. */

/** A service that does not answer for this long no longer knows what happens now. */
const NOT_KNOWN_MS = 15 * SECOND_MS;

const isSilent = ({ failure, at }: Hearing, now: number): boolean =>
  failure !== null && (at === null || now - at > NOT_KNOWN_MS);

export function listRunMoves(run: RunCase): RunMove[] {
  const actions = new Map(run.actions.map((action) => [action.id, action]));
  const migrations = new Map(run.migrations.map((one) => [one.id, one]));
  return listMoves(run.actions, run.cluster.index, run.happened)
    .flatMap((step) => {
      const action = actions.get(step.action_id);
      if (!action) return [];
      const migration = migrations.get(step.happened?.migration_id ?? '') ?? null;
      const series = seriesOf(run, action, migration);
      return [toMove({ run, step, action, migration, series })];
    })
    .sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || a.wave - b.wave || orderOf(a) - orderOf(b));
}

/** Where Nova’s record can’t be read, what it just said about the VM is all that is known. */
function seriesOf({ series, now }: RunCase, action: Action, migration: ServerMigration | null): Series | null {
  if (migration !== null) return series.get(migration.id) ?? null;
  if (!MAY_RUN.includes(action.state)) return null;
  const { id } = readAction(action);
  return [...series.values()].find(({ serverId, at }) => serverId === id && now - at <= NOT_KNOWN_MS) ?? null;
}

const MAY_RUN = ['ONGOING', 'CANCELLING', 'FAILED'];

function toMove(given: MoveCase): RunMove {
  const { run, step, migration, series } = given;
  const last = wordOf(given);
  const word = isKnown(last, given) ? last : 'unknown';
  const server = step.vm_id === null ? undefined : run.cluster.servers.get(step.vm_id);
  const isCounted = series !== null && COUNTED.includes(last);
  const left = isCounted && word !== 'unknown' ? secondsLeft(series) : null;
  return {
    action_id: step.action_id,
    vm_id: step.vm_id,
    vm_name: server?.name ?? step.vm_name ?? step.vm_id ?? '',
    ...describeOwner(run.cluster.projects, server),
    live: step.live,
    source: step.source,
    destination: step.destination,
    wave: step.wave,
    word,
    ...describeMove(given, { word, last }),
    // Where nobody answers, it keeps its place.
    group: groupOf(last, given),
    state: step.state,
    status_message: step.status_message,
    decided_by: run.acts.byAction.get(step.action_id) ?? null,
    nova_state: migration?.status ?? series?.status ?? null,
    migration_id: migration?.id ?? series?.migrationId ?? null,
    migration_number: isCounted ? series.number : null,
    size: server?.flavor?.ramBytes ?? null,
    total: isCounted ? series.total : null,
    copied: isCounted ? copiedOf(series) : null,
    rate: isCounted && word !== 'unknown' ? rateOf(series) : null,
    seconds_left: word === 'not-converging' ? null : left,
    counted_at: isCounted ? series.at : null,
    started_at: step.happened?.started_at ?? null,
    ended_at: endOf(word, given),
  };
}

const COUNTED: MoveWord[] = ['copying', 'not-converging', 'switching-over', 'gave-up', 'preparing', 'queued'];

/** The word by what both services said last. */
function wordOf(given: MoveCase): MoveWord {
  const { action, migration, series, step, run } = given;
  if (action.state === 'SKIPPED') return 'left-out';
  const result = migration ? resultOf(migration) : series ? 'running' : (step.happened?.result ?? null);
  const isOver = !isRunning(run.plan.state);
  switch (result) {
    case 'moved':
      return whereItArrived(given);
    case 'running':
      if (isSeenToArrive(given)) return 'switching-over';
      return action.state === 'FAILED' || (isOver && action.state !== 'SUCCEEDED') ? 'gave-up' : whileRunning(given);
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'aborted';
    case 'never-started':
      return action.state === 'FAILED' ? 'failed' : 'not-started';
    case 'unknown':
    case null:
      return byWatcher(given, isOver);
  }
}

/** Watcher sees the VM on its target some seconds before Nova closes the migration. */
const isSeenToArrive = ({ action, migration, series }: MoveCase): boolean =>
  action.state === 'SUCCEEDED' && (migration?.status ?? series?.status) === 'running';

/** By Watcher alone. */
function byWatcher({ action, step, run }: MoveCase, isOver: boolean): MoveWord {
  switch (action.state) {
    case 'PENDING':
      return isOver && run.plan.state !== 'PENDING' && run.plan.state !== 'RECOMMENDED' ? 'not-started' : 'waits';
    case 'ONGOING':
    case 'CANCELLING':
      return isOver || step.happened?.result === 'unknown' ? 'unknown' : 'queued';
    case 'SUCCEEDED':
      return 'done';
    case 'FAILED':
      return 'failed';
    case 'CANCELLED':
      return step.happened?.result === 'unknown' ? 'unknown' : 'not-started';
    default:
      return 'unknown';
  }
}

const RUNNING_WORDS: Record<string, MoveWord> = {
  queued: 'queued',
  accepted: 'preparing',
  preparing: 'preparing',
  'pre-migrating': 'preparing',
  'post-migrating': 'switching-over',
};

function whileRunning({ migration, series }: MoveCase): MoveWord {
  const word = RUNNING_WORDS[migration?.status ?? series?.status ?? ''];
  if (word !== undefined) return word;
  return series !== null && stalledSince(series) !== null ? 'not-converging' : 'copying';
}

/** For a move that Nova has ended well: whether the VM is where it should be. */
function whereItArrived(given: MoveCase): MoveWord {
  const { action, migration, step } = given;
  if (migration?.status === 'finished' && waitsForConfirmation(given)) return 'unconfirmed';
  if (placeElsewhere(given) !== null) return 'arrived-elsewhere';
  const isGivenUp = action.state === 'FAILED' && step.happened?.result !== 'unknown';
  return isGivenUp ? 'gave-up-arrived' : 'done';
}

/** A cold migration is finished until it is confirmed. A newer list of VMs may show that it has been. */
function waitsForConfirmation({ run, step, migration }: MoveCase): boolean {
  const server = step.vm_id === null ? undefined : run.cluster.servers.get(step.vm_id);
  const isNewer = server?.updatedAt != null && server.updatedAt > (migration?.updatedAt ?? 0);
  return !isNewer || server?.status === 'VERIFY_RESIZE';
}

/** Whether those who know the present are heard. What has ended does not change any more. */
function isKnown(word: MoveWord, { run, series }: MoveCase): boolean {
  const { watcher, nova, now } = run;
  if (word === 'waits') return !isSilent(watcher, now);
  const isHeard = !isSilent(nova, now) || (series !== null && now - series.at <= NOT_KNOWN_MS);
  return !CHANGING.includes(word) || isHeard;
}

const CHANGING: MoveWord[] = ['queued', 'preparing', 'copying', 'not-converging', 'switching-over', 'gave-up'];

/** Within a group: what is nearest to its end first, and what went wrong before what went well. */
const ORDER: MoveWord[] = ['unconfirmed', 'switching-over', 'copying', 'preparing', 'queued', 'failed', 'aborted'];
const orderOf = ({ word }: RunMove): number => (ORDER.includes(word) ? ORDER.indexOf(word) : ORDER.length);
const GROUPS: RunMove['group'][] = ['person', 'running', 'waiting', 'ended'];
const GROUP_OF: Record<MoveWord, RunMove['group']> = {
  waits: 'waiting',
  queued: 'running',
  preparing: 'running',
  copying: 'running',
  'not-converging': 'person',
  'switching-over': 'running',
  done: 'ended',
  'arrived-elsewhere': 'person',
  unconfirmed: 'running',
  'gave-up': 'person',
  'gave-up-arrived': 'ended',
  failed: 'ended',
  aborted: 'ended',
  'left-out': 'ended',
  'not-started': 'ended',
  unknown: 'person',
};

/** Watcher confirms cold moves itself; once it has ended its action, somebody else must. */
const groupOf = (word: MoveWord, { action }: MoveCase): RunMove['group'] =>
  word === 'unconfirmed' && action.state !== 'ONGOING' ? 'person' : GROUP_OF[word];

const ENDED: MoveWord[] = [
  'done',
  'arrived-elsewhere',
  'gave-up-arrived',
  'unconfirmed',
  'failed',
  'aborted',
  'left-out',
];

function endOf(word: MoveWord, { action, migration, step }: MoveCase): number | null {
  if (!ENDED.includes(word)) return null;
  return migration?.updatedAt ?? step.happened?.ended_at ?? action.updatedAt;
}
