import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { Quiet } from '../ui/values';
import styles from './run-marks.module.css';

const [WIDTH, GAP, HEIGHT, LOW] = [4, 1, 12, 3];

/** A mark for each plan of the last runs: high if it had moves, low if there was nothing to do. */
export function RunMarks({ runs }: Pick<RepeatingAudit, 'runs'>) {
  if (runs.length === 0) return <Quiet>none yet</Quiet>;
  const count = (kind: RepeatingAudit['runs'][number]) => runs.filter((one) => one === kind).length;
  const label = `Of ${runs.length}: ${count('moves')} proposed moves, ${count('nothing')} found nothing, ${count('failed')} failed`;
  const width = runs.length * (WIDTH + GAP);
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      <title>{label}</title>
      {runs.map((kind, at) => {
        const height = kind === 'nothing' ? LOW : HEIGHT;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a run has nothing but its place
            key={at}
            className={styles[kind]}
            x={at * (WIDTH + GAP)}
            y={HEIGHT - height}
            width={WIDTH}
            height={height}
          />
        );
      })}
    </svg>
  );
}

/** What the marks mean. */
export function MarksLegend() {
  return (
    <span className={styles.legend}>
      {LEGEND.map(({ kind, text }) => (
        <span key={kind}>
          <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
            <rect
              className={styles[kind]}
              y={kind === 'nothing' ? HEIGHT - LOW : 0}
              width={WIDTH}
              height={kind === 'nothing' ? LOW : HEIGHT}
            />
          </svg>
          {text}
        </span>
      ))}
    </span>
  );
}

const LEGEND = [
  { kind: 'moves', text: 'proposed moves' },
  { kind: 'nothing', text: 'no changes' },
  { kind: 'failed', text: 'failed' },
] as const;
