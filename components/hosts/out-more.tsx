import type { OutMore } from '@/lib/contract/v1/out-of-service';
import { formatAge, formatNames, formatThings, formatTime } from '@/lib/format';
import { Icon, type IconName } from '../ui/icon';
import { Panel, PanelBody, PanelEmpty } from '../ui/panel';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { NameLink, Quiet, Unknown } from '../ui/values';
import { hostPageAddress } from './choice';
import styles from './out-more.module.css';

type Story = OutMore['left_behind'][number];

/** How hosts were left behind, and those that are back in service. */
export function OutMorePanels({ more, now }: { more: OutMore; now: number }) {
  return (
    <>
      {more.left_behind.map((story) => (
        <StoryPanel key={story.host} story={story} now={now} />
      ))}
      {more.kept ? <BackPanel back={more.back} now={now} /> : null}
    </>
  );
}

const ICONS: Record<Story['events'][number]['kind'], IconName> = {
  started: 'play',
  closed: 'lock',
  ended: 'stop',
  since: 'waiting',
};

function StoryPanel({ story: { host, events }, now }: { story: Story; now: number }) {
  return (
    <Panel title={`How ${host} was left behind`}>
      <PanelBody>
        <ol className={styles.story}>
          {events.map(({ at, kind, text }) => (
            <li key={kind} className={styles.event}>
              <span className={styles.at}>
                {kind === 'since' ? (
                  'since'
                ) : at === null ? (
                  <Unknown reason="Nobody knows when." />
                ) : (
                  formatTime(at, now)
                )}
              </span>
              <Icon name={ICONS[kind]} size={14} tone="quiet" />
              <span>{text}</span>
            </li>
          ))}
        </ol>
      </PanelBody>
    </Panel>
  );
}

const COLUMNS: Column[] = [
  { id: 'host', title: 'Host' },
  { id: 'out', title: 'Out' },
  { id: 'for', title: 'For' },
  { id: 'by', title: 'By' },
  { id: 'why', title: 'Why', kind: 'prose' },
  { id: 'emptied', title: 'Emptied in' },
  { id: 'surprises', title: 'Surprises', kind: 'prose' },
];

function BackPanel({ back, now }: { back: OutMore['back']; now: number }) {
  return (
    <Panel title="Back in service" note="last 30 days, opened from here" long>
      {back.length === 0 ? (
        <PanelEmpty>No host was opened from here.</PanelEmpty>
      ) : (
        <ScrollTable label="Hosts that are back in service" columns={COLUMNS} layout="cards">
          {back.map((row) => (
            <BackRow key={`${row.host} ${row.opened_at}`} row={row} now={now} />
          ))}
        </ScrollTable>
      )}
    </Panel>
  );
}

function BackRow({ row, now }: { row: OutMore['back'][number]; now: number }) {
  const { host, closed_at: from, opened_at: until, closed_by: by, reason: why } = row;
  const elsewhere = <Unknown reason="It was not closed from here." />;
  return (
    <tr {...ROLES.row}>
      <th {...ROLES.rowHead} scope="row" data-card="full">
        <NameLink href={hostPageAddress(host)}>{host}</NameLink>
      </th>
      <td {...ROLES.cell} data-label="out">
        {from === null ? elsewhere : formatTime(from, now)}
      </td>
      <td {...ROLES.cell} data-label="for">
        {from === null ? elsewhere : formatAge(until - from)}
      </td>
      <td {...ROLES.cell} data-label="by">
        {by ?? 'outside'}
      </td>
      <td {...ROLES.cell} data-kind="prose" data-card="full">
        {why ?? <Unknown reason="Nova had no reason." />}
      </td>
      <td {...ROLES.cell} data-label="emptied in">
        {emptiedIn(row)}
      </td>
      <td {...ROLES.cell} data-kind="prose" data-card="full">
        {row.moved === null ? (
          <Quiet>not moved from here</Quiet>
        ) : row.surprises.length === 0 ? (
          'none'
        ) : (
          formatNames(row.surprises)
        )}
      </td>
    </tr>
  );
}

function emptiedIn({ moved, moved_from: from, moved_until: until }: OutMore['back'][number]) {
  if (moved === null || from === null || until === null)
    return <Unknown reason="No moves of this server emptied it." />;
  return `${formatAge(until - from)}, ${formatThings(moved, 'VM')}`;
}
