import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { formatNames, formatThings } from '@/lib/format';
import { staysInWords } from './drain-words';

/** What the dialogs of a host say. */

/** `maintain`: asks Watcher for a plan of host_maintenance. */
export type HostWay = 'close' | 'drain' | 'maintain' | 'open';

export type Chosen = { moves: DrainVmView[]; stays: DrainVmView[] };

type Said = { text: string; warns?: boolean };

/** What will happen, a sentence each. */
export function linesOf(way: HostWay, { drain, chosen }: { drain: DrainView; chosen: Chosen }): Said[] {
  const { closed, counts, way: how } = drain;
  if (way === 'open') return openLines(drain);
  const replaced: Said[] =
    closed === null || closed.by === 'here'
      ? []
      : [
          {
            text: `Already disabled${closed.reason === null ? '' : ` by somebody: “${closed.reason}”`}. Your reason replaces it; the old one goes into the journal.`,
            warns: true,
          },
        ];
  const close = { text: 'No new VM is placed on the host until somebody brings it back: Watcher opens no host again.' };
  if (way === 'close')
    return [close, { text: `${formatThings(counts.all, 'VM that is', 'VMs that are')} on it now stay.` }, ...replaced];
  if (way === 'maintain')
    return [
      close,
      { text: 'Then it is checked again. If another VM is there by then, or one can’t move, no plan is asked for.' },
      {
        text: 'Watcher makes a plan of host_maintenance. Nothing moves until somebody has looked at it and starts it.',
      },
      ...replaced,
      ...how.warnings.map((text) => ({ text, warns: true })),
    ];
  const { moves, stays } = chosen;
  const off = moves.filter(({ kind }) => kind === 'cold').map(({ name }) => name);
  return [
    close,
    { text: 'Then it is checked again. If another VM is there by then, or one has no place, nothing moves.' },
    {
      text: `${formatThings(moves.length, 'VM moves', 'VMs move')} to the hosts of the proof: one first, then more at a time.`,
    },
    ...replaced,
    ...(off.length === 0
      ? []
      : [
          {
            text: `${formatNames(off, 5)} ${off.length === 1 ? 'is' : 'are'} shut down to move, and started again after it.`,
            warns: true,
          },
        ]),
    ...(stays.length === 0 ? [] : [{ text: staysInWords(stays), warns: true }]),
    { text: 'Nothing is rolled back: what has moved stays where it is.', warns: true },
  ];
}

function openLines({ closed, counts }: DrainView): Said[] {
  const foreign = closed !== null && closed.by !== 'here' && closed.reason !== null;
  return [
    { text: 'The host takes new VMs at once.' },
    { text: 'Nothing moves back by itself.' },
    ...(counts.all === 0 ? [] : [{ text: `${formatThings(counts.all, 'VM is', 'VMs are')} still on it and stay.` }]),
    ...(foreign
      ? [
          {
            text: `It was not closed here: “${closed.reason}”. The reason is cleared, and kept in the journal.`,
            warns: true,
          },
        ]
      : []),
  ];
}
