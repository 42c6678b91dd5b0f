import type { CarefulRunView } from '@/lib/contract/v1/careful';
import type { KnownAct } from '@/lib/contract/v1/known-act';
import type { Run } from '@/lib/contract/v1/run';
import type { MoveWord, RunMove } from '@/lib/contract/v1/run-moves';
import { formatBytes, formatCount } from '@/lib/format';
import { GIB } from '@/lib/units';
import type { IconName, IconTone } from '../ui/icon';

/** How the states of a run and its moves look. */

type Look = { icon: IconName; tone: IconTone };

export const MOVE_LOOKS: Record<MoveWord, Look> = {
  waits: { icon: 'waiting', tone: 'quiet' },
  queued: { icon: 'waiting', tone: 'quiet' },
  preparing: { icon: 'clock', tone: 'quiet' },
  copying: { icon: 'half', tone: 'accent' },
  'not-converging': { icon: 'warn', tone: 'warn' },
  'switching-over': { icon: 'half', tone: 'accent' },
  done: { icon: 'ok', tone: 'ok' },
  'arrived-elsewhere': { icon: 'warn', tone: 'warn' },
  unconfirmed: { icon: 'clock', tone: 'warn' },
  'gave-up': { icon: 'warn', tone: 'warn' },
  'gave-up-arrived': { icon: 'ok', tone: 'ok' },
  failed: { icon: 'error', tone: 'error' },
  aborted: { icon: 'stop', tone: 'quiet' },
  'left-out': { icon: 'close', tone: 'quiet' },
  'not-started': { icon: 'close', tone: 'quiet' },
  unknown: { icon: 'warn', tone: 'quiet' },
};

/** The mark beside the title of a run. */
export function phaseLook({ phase, counts }: Run): Look {
  switch (phase) {
    case 'not-started':
    case 'queued':
      return { icon: 'waiting', tone: 'quiet' };
    case 'running':
      return { icon: 'half', tone: 'accent' };
    case 'stopping':
      return { icon: 'stop', tone: 'warn' };
    case 'ended':
      return counts.moved === counts.total ? { icon: 'ok', tone: 'ok' } : { icon: 'warn', tone: 'warn' };
  }
}

/** "14.2 of 16.7 GiB", with one unit so that both compare at a glance. */
export const copiedInWords = (copied: number, total: number): string =>
  `${formatCount(copied / GIB, 1)} of ${formatCount(total / GIB, 1)}\u202fGiB`;

/** What is moved, as Nova counts it, else the VM's RAM. */
export const sizeInWords = ({ total, size }: RunMove): string => formatBytes(total ?? size);

/** How far a run is, for the title of the tab: "(4 of 13) stabilize-production". */
export const tabTitle = ({ counts: { moved, total }, audit: { name }, phase }: Run): string =>
  total === 0 || phase === 'not-started' ? `Run of ${name}` : `(${moved} of ${total}) ${name}`;

/** The same for a careful run. */
export const carefulTabTitle = ({ moved, total, of }: Pick<CarefulRunView, 'moved' | 'total' | 'of'>): string =>
  `(${moved} of ${total}) ${of.kind === 'plan' ? of.audit_name : of.host}`;

const saidBy = (verb: string, { person, reason }: KnownAct): string =>
  `${verb} by ${person}${reason === null ? '' : `: ${reason.replace(/[.\s]+$/, '')}`}.`;

/** Who started and stopped a run, and why. Watcher keeps nobody's name, so that only acts from here are known. */
export function actsInWords({ started_by: start, stopped_by: stop, acts_missing: missing, phase }: Run): string {
  if (missing !== null) return missing;
  const begun = phase === 'not-started' ? null : 'Started from outside this dashboard.';
  const said = [start === null ? begun : saidBy('Started', start), stop === null ? null : saidBy('Stopped', stop)];
  return said.filter((part) => part !== null).join(' ');
}
