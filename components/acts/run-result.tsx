import type { RunResult as Result, Run } from '@/lib/contract/v1/run';
import { formatAge, formatCount, formatPercent, formatPoints, formatThings, MISSING } from '@/lib/format';
import { Panel } from '../ui/panel';
import { Tile, TileFigure, TileNote, Tiles } from '../ui/tiles';
import { After } from '../ui/values';

/** Five figures of a run that has ended: before, delivered, and what was promised. */
export function RunResult({ run }: { run: Run }) {
  const { result, counts, started_at: start, ended_at: end } = run;
  const took = start === null || end === null ? null : end - start;
  return (
    <Panel label="What came of it">
      <Tiles label="Promised and delivered" columns={5}>
        <Measured title="CPU spread" of={result?.spread} inWords={(value) => formatCount(value, 1)} unit="pts">
          {offBy(result)}
        </Measured>
        <Measured title="Hottest host" of={result?.hottest} inWords={(value) => formatCount(value)} unit="%">
          {result?.hottest_host ?? null}
        </Measured>
        <Measured title="Hot hosts" of={result?.hot} inWords={(value) => formatCount(value)}>
          {result?.warm == null ? null : `${formatCount(result.warm)} warm`}
        </Measured>
        <Tile title="Moved">
          <TileFigure
            from={null}
            to={formatCount(counts.moved)}
            changes={false}
            unit={counts.moved === 1 ? 'VM' : 'VMs'}
          />
          <TileNote>
            of {formatCount(counts.total)}
            {counts.failed > 0 ? `; ${formatCount(counts.failed)} failed` : ''}
            {counts.aborted > 0 ? `; ${formatCount(counts.aborted)} aborted` : ''}
            {counts.left_out > 0 ? `; ${formatThings(counts.left_out, 'move')} left out` : ''}
          </TileNote>
        </Tile>
        <Tile title="Took">
          <TileFigure from={null} to={formatAge(took)} changes={false} />
          <TileNote>from its start to its end</TileNote>
        </Tile>
      </Tiles>
    </Panel>
  );
}

type Figure = { start: number | null; promised: number | null; delivered: number | null };
type MeasuredProps = {
  title: string;
  of: Figure | undefined;
  inWords: (value: number | null) => string;
  unit?: string;
  children: string | null;
};

function Measured({ title, of, inWords, unit, children }: MeasuredProps) {
  const { start = null, promised = null, delivered = null } = of ?? {};
  return (
    <Tile title={title}>
      <TileFigure
        from={start === null ? null : inWords(start)}
        to={delivered === null ? MISSING : inWords(delivered)}
        changes={false}
        unit={unit}
      />
      <TileNote>
        {promised === null ? (
          'not measured yet'
        ) : (
          <>
            promised <After>{inWords(promised)}</After>
            {children === null ? '' : `; ${children}`}
          </>
        )}
      </TileNote>
    </Tile>
  );
}

/** "1.6 pts more" than promised. */
function offBy(result: Result | null): string | null {
  const { promised = null, delivered = null } = result?.spread ?? {};
  if (promised === null || delivered === null) return null;
  const more = delivered - promised;
  const kept = result?.kept == null ? '' : `, ${formatPercent(Math.max(0, result.kept), 0)} kept`;
  return Math.abs(more) < 0.05
    ? `as promised${kept}`
    : `${formatPoints(Math.abs(more))} ${more > 0 ? 'more' : 'less'}${kept}`;
}
