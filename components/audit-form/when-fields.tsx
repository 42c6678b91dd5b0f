import type { NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { formatTime } from '@/lib/format';
import { DAY_MS, HOUR_MS } from '@/lib/units';
import { nextClockChange } from '../ui/clock-change';
import { Segmented } from '../ui/segmented';
import { useZone } from '../ui/use-zone';
import { Quiet } from '../ui/values';
import type { Draft } from './draft';
import { Labelled, Tick } from './labelled';
import { Grid, Reserved } from './parts';

type Props = {
  draft: Draft;
  check: NewAuditCheck;
  problemOf: (field: string) => string | undefined;
  warningOf: (field: string) => string | undefined;
  onChange: (part: Partial<Draft>) => void;
};

const TYPES = [
  { value: 'ONESHOT', label: 'Once, now' },
  { value: 'CONTINUOUS', label: 'Again and again' },
  { value: 'EVENT', label: 'When called' },
] as const;

/** When the audit runs. */
export function WhenFields({ draft, check, problemOf, warningOf, onChange }: Props) {
  const { type } = draft;
  return (
    <>
      <div>
        <Segmented label="When it runs" value={type} options={TYPES} onChange={(one) => onChange({ type: one })} />
      </div>
      {type === 'EVENT' ? <p>It runs whenever its webhook is called. {warningOf('type')}</p> : null}
      {type === 'CONTINUOUS' ? (
        <Grid>
          <Labelled
            label="How often"
            note="Seconds, such as 600, or cron in UTC, such as 0 2 * * 1-5"
            problem={problemOf('interval')}
            warning={warningOf('interval')}
          >
            {(ids) => (
              <input
                {...ids}
                spellCheck={false}
                value={draft.interval}
                onChange={({ target }) => onChange({ interval: target.value })}
              />
            )}
          </Labelled>
          <NextRuns check={check} />
        </Grid>
      ) : null}
      {type === 'ONESHOT' ? null : (
        <Grid>
          <When
            label="Not before, UTC"
            note="Empty: at once"
            value={draft.start}
            problem={problemOf('start_at')}
            onChange={(start) => onChange({ start })}
          />
          <When
            label="Until, UTC"
            note="Empty: for ever"
            value={draft.end}
            problem={problemOf('end_at')}
            onChange={(end) => onChange({ end })}
          />
        </Grid>
      )}
      <Tick
        label="Run although another plan runs"
        note={problemOf('force') ?? 'Otherwise Watcher gives up without a word.'}
        checked={draft.force}
        onChange={(force) => onChange({ force })}
      />
    </>
  );
}

type WhenProps = {
  label: string;
  note: string;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
};

const When = ({ label, note, value, problem, onChange }: WhenProps) => (
  <Labelled label={label} note={note} problem={problem}>
    {(ids) => <input {...ids} type="datetime-local" value={value} onChange={({ target }) => onChange(target.value)} />}
  </Labelled>
);

function NextRuns({ check: { every, next_runs: runs, made_at: now } }: { check: NewAuditCheck }) {
  const zone = useZone();
  if (every === null) return <Reserved />;
  return (
    <Reserved>
      <strong>{every.charAt(0).toUpperCase() + every.slice(1)}</strong>
      {runs.map(({ at }) => (
        <span key={at}>
          {formatTime(at, now)}
          {zone === null || zone === 'UTC' ? null : <Quiet> {localTime(at, zone)}</Quiet>}
        </span>
      ))}
      {zone === null ? null : <Quiet>{afterClocks(runs, zone)}</Quiet>}
    </Reserved>
  );
}

const localTime = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).format(at);

/** Runs this far apart are at a time of day, which the clocks move. */
const DAILY_MS = 20 * HOUR_MS;

/** "From 29 Mar at 04:00 there, when clocks change." Watcher counts in UTC, whose clocks never do. */
function afterClocks(runs: NewAuditCheck['next_runs'], timeZone: string): string | null {
  const [first, second] = runs;
  if (first === undefined || second === undefined || second.at - first.at < DAILY_MS) return null;
  const change = nextClockChange(timeZone, first.at);
  if (change === null) return null;
  const format = (options: Intl.DateTimeFormatOptions, at: number) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(at);
  const days = Math.ceil((change - first.at) / DAY_MS);
  const clock = format({ hour: '2-digit', minute: '2-digit' }, first.at + days * DAY_MS);
  return `From ${format({ day: 'numeric', month: 'short' }, change)} at ${clock}, when clocks change.`;
}
