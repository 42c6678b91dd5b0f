import type { Run } from '@/lib/contract/v1/run';
import type { RunMove, RunWave } from '@/lib/contract/v1/run-moves';
import { formatThings, formatTime } from '@/lib/format';

/** Moves of a run in the order in which they are shown: what runs now first, then what is to come, then what has ended. */
export type MoveSection = {
  id: string;
  /** null if there is only one section. */
  title: string | null;
  note: string;
  moves: RunMove[];
};

/** One section for each wave that runs, one for all that wait and one for all that have ended. */
export function sectionsOf({ moves, waves, made_at: now }: Run): MoveSection[] {
  if (waves.length < 2) return [{ id: 'all', title: null, note: '', moves }];
  const of = (state: RunWave['state']) => waves.filter((wave) => wave.state === state);
  const movesOf = (own: RunWave[]) => moves.filter(({ wave }) => own.some((one) => one.wave === wave));
  const running = of('running').map(
    (wave): MoveSection => ({
      id: `wave-${wave.wave}`,
      title: `Wave ${wave.wave}`,
      note: [
        formatThings(wave.moves, 'move'),
        ...(wave.since === null ? [] : [`since ${formatTime(wave.since, now)}`]),
      ].join(', '),
      moves: movesOf([wave]),
    }),
  );
  const [waiting, done] = [of('waiting'), of('done')];
  return [
    ...running,
    ...(waiting.length === 0
      ? []
      : [
          {
            id: 'waiting',
            title: named(waiting),
            note: `${things(movesOf(waiting))}, not started`,
            moves: movesOf(waiting),
          },
        ]),
    ...(done.length === 0
      ? []
      : [{ id: 'done', title: named(done), note: `${things(movesOf(done))}, ended`, moves: movesOf(done).reverse() }]),
  ];
}

const things = (moves: RunMove[]): string => formatThings(moves.length, 'move');

/** "Wave 3", "Waves 4 to 84". */
function named(waves: RunWave[]): string {
  const [first, last] = [waves[0]?.wave, waves.at(-1)?.wave];
  return first === last ? `Wave ${first}` : `Waves ${first} to ${last}`;
}

/** From so many moves on, long parts of a section are folded. */
const MANY = 13;
/** So many of a folded part are shown. */
const SHOWN = 3;

export type MovePart = { id: string; moves: RunMove[] /** What the rest is called. */; rest: string };

/** A section in parts: those that run or that somebody should look at are never folded. */
export function partsOf({ id, moves }: MoveSection, total: number): (MovePart & { shown: number })[] {
  const of = (...groups: RunMove['group'][]) => moves.filter(({ group }) => groups.includes(group));
  const shown = (own: RunMove[]) => (total < MANY ? own.length : Math.min(SHOWN, own.length));
  const [active, waiting, ended] = [of('person', 'running'), of('waiting'), of('ended')];
  return [
    { id: `${id}-active`, moves: active, shown: active.length, rest: '' },
    { id: `${id}-waiting`, moves: waiting, shown: shown(waiting), rest: 'waiting' },
    { id: `${id}-ended`, moves: ended, shown: shown(ended), rest: 'ended' },
  ].filter((part) => part.moves.length > 0);
}
