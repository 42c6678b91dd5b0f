import type { RepeatingAudit } from '@/lib/contract/v1/repeating';
import { formatAge, formatThings, formatTime } from '@/lib/format';
import { auditsAddress } from '../figures/addresses';
import { SaidLines, SecondLine } from '../figures/said';
import { scopeInWords } from '../figures/scope-words';
import type { IconName, IconTone } from '../ui/icon';
import { LocalTime } from '../ui/local-time';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Tag } from '../ui/tag';
import { NameLink, Quiet, Unknown } from '../ui/values';
import { type ActsProps, AllRepeatingActs } from './repeating-acts';
import { RunMarks } from './run-marks';

type Props = { audits: RepeatingAudit[]; now: number } & Pick<ActsProps, 'permission' | 'suspending' | 'resuming'>;

const COLUMNS: Column[] = [
  { id: 'audit', title: 'Audit' },
  { id: 'when', title: 'When' },
  { id: 'next', title: 'Next run' },
  { id: 'last', title: 'Last run' },
  { id: 'runs', title: 'Last 20 plans' },
  { id: 'starts', title: 'Starts plans' },
  { id: 'state', title: 'State', kind: 'prose' },
  { id: 'acts', title: <span className="visually-hidden">Acts</span> },
];

/** Audits that run by themselves, what needs attention first. */
export function RepeatingTable({ audits, now, ...acts }: Props) {
  return (
    <ScrollTable label="Repeating audits" columns={COLUMNS} layout="cards">
      {audits.map((audit) => (
        <tr key={audit.audit_id} {...ROLES.row}>
          <th {...ROLES.rowHead} scope="row" data-card="full">
            <NameLink href={auditsAddress(audit.audit_id)}>{audit.name}</NameLink>
            <SecondLine>{`${audit.strategy ?? 'no strategy named'}, ${scopeInWords(audit.scope)}`}</SecondLine>
          </th>
          <td {...ROLES.cell} data-card="full">
            {audit.every}
            {audit.interval === null ? null : <SecondLine>{audit.interval}</SecondLine>}
          </td>
          <td {...ROLES.cell} data-label="next run">
            <Next audit={audit} now={now} />
          </td>
          <td {...ROLES.cell} data-card="full">
            {audit.last}
            {audit.last_run_at === null ? null : <SecondLine>{formatTime(audit.last_run_at, now)}</SecondLine>}
          </td>
          <td {...ROLES.cell} data-label="last plans">
            <RunMarks runs={audit.runs} />
          </td>
          <td {...ROLES.cell} data-label="starts plans">
            <Starts audit={audit} />
          </td>
          <td {...ROLES.cell} data-kind="prose" data-card="full">
            <Standing audit={audit} now={now} />
          </td>
          <td {...ROLES.cell} data-card="full">
            <AllRepeatingActs audit={audit} {...acts} />
          </td>
        </tr>
      ))}
    </ScrollTable>
  );
}

const NEVER: Partial<Record<RepeatingAudit['standing'], string>> = {
  dead: 'never: failed',
  suspended: 'when resumed',
  'on-call': 'when called',
  unreadable: 'never: not readable',
};

function Next({ audit: { next_run_at: next, overdue, standing }, now }: { audit: RepeatingAudit; now: number }) {
  if (next === null)
    return (
      <>
        <Unknown reason="It does not run by itself now." />
        <SecondLine>{NEVER[standing] ?? 'not known yet'}</SecondLine>
      </>
    );
  if (overdue)
    return (
      <>
        <Tag tone="warn" icon="warn">
          Overdue by {formatAge(now - next)}
        </Tag>
        <SecondLine>{`since ${formatTime(next, now)}`}</SecondLine>
      </>
    );
  return <LocalTime at={next} now={now} more={next > now ? `in ${formatAge(next - now)}` : 'now'} />;
}

function Starts({ audit: { auto_trigger: starts, started_lately: lately } }: { audit: RepeatingAudit }) {
  if (!starts) return <Quiet>You decide</Quiet>;
  return (
    <>
      <Tag tone="error" icon="play">
        By itself
      </Tag>
      <SecondLine>{`${formatThings(lately, 'plan')} in 24 h`}</SecondLine>
    </>
  );
}

const LOOKS: Record<RepeatingAudit['standing'], { icon: IconName; tone: IconTone; text: string }> = {
  runs: { icon: 'refresh', tone: 'quiet', text: 'Runs' },
  'first-run': { icon: 'clock', tone: 'quiet', text: 'Not begun' },
  'on-call': { icon: 'waiting', tone: 'quiet', text: 'Waits for a call' },
  suspended: { icon: 'stop', tone: 'warn', text: 'Suspended' },
  dead: { icon: 'error', tone: 'error', text: 'Dead' },
  unreadable: { icon: 'error', tone: 'error', text: 'Not readable' },
  returns: { icon: 'warn', tone: 'warn', text: 'Comes back' },
};

/** "Dead since 12 Feb", "Suspended for 7 d" */
function wordOf({ standing, since }: RepeatingAudit, now: number): string {
  if (since === null) return LOOKS[standing].text;
  return standing === 'dead' ? `Dead since ${formatTime(since, now)}` : `Suspended for ${formatAge(now - since)}`;
}

/** "By ops: quiet week." Watcher keeps no names. */
function suspendedBy({ suspended }: RepeatingAudit): string | null {
  if (suspended === null) return null;
  if (suspended.by === 'here') return `By ${suspended.person}: ${suspended.reason?.replace(/\.?$/, '.')}`;
  return suspended.by === 'outside' ? 'Not suspended from here.' : 'Who suspended it is not known here.';
}

function Standing({ audit, now }: { audit: RepeatingAudit; now: number }) {
  const { standing, text, overdue } = audit;
  const more = standing === 'runs' && !overdue ? null : [suspendedBy(audit), text].filter(Boolean).join(' ');
  return <SaidLines said={{ ...LOOKS[standing], text: wordOf(audit, now), more, reason: null }} />;
}
