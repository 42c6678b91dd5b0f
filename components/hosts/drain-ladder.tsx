import type { DrainView } from '@/lib/contract/v1/drain';
import { formatBytes, formatThings, formatTime } from '@/lib/format';
import { Icon } from '../ui/icon';
import { Panel } from '../ui/panel';
import styles from './drain-ladder.module.css';
import { isMaintained, isMoving } from './drain-words';

type Step = { name: string; lines: string[] };
type State = 'done' | 'current' | 'next';

const LOOKS = {
  done: { icon: 'ok', tone: 'ok', word: 'done' },
  current: { icon: 'half', tone: 'accent', word: 'current step' },
  next: { icon: 'waiting', tone: 'quiet', word: 'to come' },
} as const;

const PHASES: Record<NonNullable<DrainView['maintenance']>['phase'], string> = {
  asked: 'Watcher makes it',
  waits: 'it waits for your decision',
  runs: 'it runs',
  nothing: 'none was made',
};

/** The steps from the proof to the maintenance. Closed first, checked afterwards, so that no VM lands in between. */
export function DrainLadder({ drain, now }: { drain: DrainView; now: number }) {
  const { counts, made_at: at, ram_to_copy: ram, run, closed, maintenance, way } = drain;
  const moves = counts.live + counts.off;
  const steps: Step[] = [
    { name: 'Proof', lines: [`a place found for ${counts.fit} of ${counts.all}`, formatTime(at, now)] },
    { name: 'Close the host', lines: ['no new VM lands on it', 'disabled in Nova, with your reason'] },
    { name: 'Check again', lines: ['with the VMs that have arrived', 'closed first, so that nothing slips in'] },
    {
      name: 'Move',
      lines:
        maintenance !== null
          ? ['a plan of host_maintenance', PHASES[maintenance.phase]]
          : run !== null && (closed !== null || isMoving(drain))
            ? [run.title]
            : [
                `${formatThings(moves, 'VM')}${ram === null || ram === 0 ? '' : `, ${formatBytes(ram)}`}`,
                way.offered || way.warnings.length === 0
                  ? 'one first, then more at a time'
                  : 'by a plan of host_maintenance',
              ],
    },
    { name: 'In maintenance', lines: ['until you bring it back', 'Watcher brings no host back'] },
  ];
  const current = currentStep(drain);
  return (
    <Panel label="Steps">
      <ol className={styles.ladder}>
        {steps.map(({ name, lines }, i) => {
          const state: State = i < current ? 'done' : i === current ? 'current' : 'next';
          const { icon, tone, word } = LOOKS[state];
          return (
            <li
              key={name}
              className={styles.step}
              data-state={state}
              aria-current={state === 'current' ? 'step' : undefined}
            >
              <span className={styles.name}>
                <Icon name={icon} size={14} tone={tone} />
                {name}
                <span className="visually-hidden">, {word}</span>
              </span>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

/** From what Nova says about the host, closed here or elsewhere. */
function currentStep(drain: DrainView): number {
  const { closed, counts } = drain;
  if (isMoving(drain) || drain.maintenance?.phase === 'runs') return 3;
  if (closed !== null && isMaintained(drain)) return 3;
  if (closed === null) return 0;
  return counts.all === 0 ? 4 : 2;
}
