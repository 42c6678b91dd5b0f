import type { CarefulRunView, CarefulStepView } from '@/lib/contract/v1/careful';
import { formatPoints, formatThings, formatTime } from '@/lib/format';
import { runAddress } from '../figures/addresses';
import { Icon, type IconName, type IconTone } from '../ui/icon';
import { Link } from '../ui/link';
import { Panel } from '../ui/panel';
import styles from './careful-ladder.module.css';

/** The steps of a careful run: what each brought, which one is under way, how large those to come will be. */
export function CarefulLadder({ run, now }: { run: CarefulRunView; now: number }) {
  const current = run.steps.findLast(({ state }) => state !== 'to-come');
  return (
    <Panel title="Steps" note={waysOf(run)}>
      <ol className={styles.ladder}>
        {run.steps.map((step) => (
          <li
            key={step.step}
            className={styles.step}
            data-state={step.state}
            aria-current={step === current && run.state !== 'ended' ? 'step' : undefined}
          >
            <Step step={step} isEnded={run.state === 'ended'} now={now} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const waysOf = ({ width, measure_ms: ms, until }: CarefulRunView): string =>
  [
    width === null ? 'The first move alone, then growing steps' : `The first move alone, then ${width} at a time`,
    `${Math.round(ms / 60_000)} min of measuring after each`,
    ...(until === null ? [] : ['nothing starts after its time']),
  ].join('; ');

const LOOKS: Record<CarefulStepView['state'], { icon: IconName; tone: IconTone; word: string }> = {
  'to-come': { icon: 'waiting', tone: 'quiet', word: 'To come' },
  'being-made': { icon: 'clock', tone: 'accent', word: 'Being made' },
  running: { icon: 'half', tone: 'accent', word: 'Moving' },
  measuring: { icon: 'clock', tone: 'accent', word: 'Measuring' },
  done: { icon: 'ok', tone: 'ok', word: 'Measured' },
};

function lookOf(step: CarefulStepView, isEnded: boolean): (typeof LOOKS)[CarefulStepView['state']] {
  if (isEnded && step.state === 'being-made') return { ...LOOKS['to-come'], word: 'Not started' };
  if (step.state !== 'done') return LOOKS[step.state];
  if (step.results.length === 0) return { ...LOOKS['to-come'], word: 'Moved nothing' };
  return step.measured_at === null ? { ...LOOKS.done, word: 'Ended' } : LOOKS.done;
}

function Step({ step, isEnded, now }: { step: CarefulStepView; isEnded: boolean; now: number }) {
  const { icon, tone, word } = lookOf(step, isEnded);
  const wrong = step.results.filter((result) => !ARRIVED.has(result.word)).length;
  return (
    <>
      <span className={styles.head}>
        <Icon name={wrong > 0 ? 'warn' : icon} size={14} tone={wrong > 0 ? 'warn' : tone} />
        <b>{`Step ${step.step}`}</b> {word}
      </span>
      <span>{`${formatThings(step.size, 'move')}${wrong > 0 ? `, ${wrong} not as approved` : ''}`}</span>
      <span className={styles.note}>{broughtBy(step)}</span>
      {step.audit_id !== null && step.plan_id !== null && step.started_at !== null ? (
        <Link className={styles.note} href={runAddress(step.audit_id, step.plan_id)} prefetch={false}>
          {`Started ${formatTime(step.started_at, now)}`}
        </Link>
      ) : null}
    </>
  );
}

const ARRIVED = new Set(['done', 'gave-up-arrived', 'unconfirmed']);

/** "22.9 → 18.0 pts, promised 17.2 pts" */
function broughtBy({ spread }: CarefulStepView): string {
  if (spread === null || spread.before === null || spread.promised === null) return '';
  if (spread.after === null) return `Spread ${formatPoints(spread.before)}, ${formatPoints(spread.promised)} promised`;
  return `Spread ${formatPoints(spread.before)} → ${formatPoints(spread.after)}, ${formatPoints(spread.promised)} promised`;
}
