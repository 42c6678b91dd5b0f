import { withBase } from '@/lib/base-path';
import type { ActivityHours } from '@/lib/contract/choices';
import type { ActView, JournalView } from '@/lib/contract/v1/acts';
import { formatThings } from '@/lib/format';
import { runOfAct } from '../acts/run-of-act';
import { auditsAddress, carefulAddress, planAddress } from '../figures/addresses';
import { Button, ButtonLink } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { KeptField } from '../ui/kept-query';
import { Panel, PanelFoot, PanelNote, PanelTools } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Tag, type TagTone } from '../ui/tag';
import { Time } from '../ui/time';
import { Name, NameLink, Quiet } from '../ui/values';
import styles from './journal.module.css';
import { ACT_WORDS, OUTCOME_WORDS } from './words';

const COLUMNS: readonly Column[] = [
  { id: 'at', title: 'When' },
  { id: 'person', title: 'Who' },
  { id: 'act', title: 'What' },
  { id: 'object', title: 'On' },
  { id: 'reason', title: 'Why', kind: 'prose' },
  { id: 'outcome', title: 'What came of it', kind: 'prose' },
];

type Props = { journal: JournalView; q: string; hours: ActivityHours; now: number };

/** Who did what, when and why. */
export function Journal({ journal, q, hours, now }: Props) {
  const { acts, next, cuts, kept } = journal;
  const query = q === '' ? '' : `?${new URLSearchParams({ q })}`;
  return (
    <Panel title="Journal" note="acts from here; what others do to the cloud is not among them">
      <PanelTools label="Search what happened">
        <form className={styles.search} action={withBase('/activity/')} method="get">
          <input type="hidden" name="hours" value={hours} />
          <KeptField />
          <input
            className={styles.input}
            type="search"
            name="q"
            aria-label="Search what happened"
            placeholder="Person, host, VM, plan or reason"
            defaultValue={q}
            data-search
          />
          <Button type="submit">Search</Button>
        </form>
        <ButtonLink href={`/acts.csv${query}`} icon="export" download>
          Export CSV
        </ButtonLink>
      </PanelTools>
      {acts.length === 0 ? (
        <EmptyState icon="plan" heading="h3" title={q === '' ? 'Nothing has been done from here' : 'Nothing matches'}>
          {kept
            ? 'Each act will be listed here with its reason.'
            : 'There is no journal: set DATA_DIR or DATABASE_URL.'}
        </EmptyState>
      ) : (
        <ScrollTable label="Journal of acts" columns={COLUMNS}>
          {acts.map((act) => (
            <Row key={act.id} act={act} now={now} />
          ))}
        </ScrollTable>
      )}
      {cuts.map(({ at, acts: count, until }) => (
        <PanelNote key={at}>
          {formatThings(count, 'act')} from before <Time at={until} now={now} /> {count === 1 ? 'was' : 'were'} removed.
        </PanelNote>
      ))}
      {next === null ? null : (
        <PanelFoot
          controls={
            <ButtonLink href={`/activity/?${new URLSearchParams({ hours, ...(q && { q }), after: next })}`}>
              Older
            </ButtonLink>
          }
        />
      )}
    </Panel>
  );
}

function Row({ act, now }: { act: ActView; now: number }) {
  const last = act.outcomes.at(-1);
  const { tone, word } = OUTCOME_WORDS[act.outcome ?? 'under-way'];
  return (
    <tr {...ROLES.row}>
      <td {...ROLES.cell}>
        <Time at={act.at} now={now} />
      </td>
      <td {...ROLES.cell}>
        {act.person} {act.account === 'own' ? null : <Quiet>through this server’s account</Quiet>}
      </td>
      <td {...ROLES.cell}>{ACT_WORDS.get(act.act) ?? act.act}</td>
      <th {...ROLES.cell} scope="row">
        <Acted act={act} />
      </th>
      <td {...ROLES.cell} data-kind="prose">
        {act.reason || <Quiet>No reason given</Quiet>}
      </td>
      <td {...ROLES.cell} data-kind="prose">
        <Tag tone={tone satisfies TagTone}>{word}</Tag> <Quiet>{last?.detail ?? ''}</Quiet>
      </td>
    </tr>
  );
}

function Acted({ act }: { act: ActView }) {
  if (act.object_type === 'run') return <NameLink href={carefulAddress(act.object_id)}>{act.object_name}</NameLink>;
  const run = runOfAct(act);
  if (run !== null) return <NameLink href={carefulAddress(run)}>{act.object_name}</NameLink>;
  if (act.object_type === 'audit') return <NameLink href={auditsAddress(act.object_id)}>{act.object_name}</NameLink>;
  if (act.object_type !== 'plan' || act.audit_id === null) return <Name>{act.object_name}</Name>;
  return <NameLink href={planAddress(act.audit_id, act.object_id)}>{act.object_name}</NameLink>;
}
