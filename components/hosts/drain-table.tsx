import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { formatBytes, formatPercent, formatThings, MISSING } from '@/lib/format';
import { hostAddress } from '../figures/addresses';
import { projectPart } from '../figures/project-words';
import { CopyText } from '../ui/copy-text';
import { Icon } from '../ui/icon';
import { Panel } from '../ui/panel';
import { ShowMore, useShown } from '../ui/show-more';
import { type Column, GroupRow, ROLES, ScrollTable } from '../ui/table';
import { Name, NameLink } from '../ui/values';
import styles from './drain-table.module.css';
import { textForOwner } from './drain-words';

type Props = {
  drain: DrainView;
  /** Ids of the VMs that may be shut down to move. */
  shutDown: ReadonlySet<string>;
  onShutDown: (id: string, isIn: boolean) => void;
};

const COLUMNS: Column[] = [
  { id: 'vm', title: 'VM' },
  { id: 'how', title: 'How', kind: 'prose' },
  { id: 'to', title: 'Goes to' },
  { id: 'copy', title: 'To copy', kind: 'number' },
  { id: 'decide', title: <span className="visually-hidden">Decide</span> },
];

const GROUPS: { kind: DrainVmView['kind']; title: string; note: string }[] = [
  { kind: 'blocks', title: 'Blocks', note: 'the host can’t become empty while they are there' },
  { kind: 'cold', title: 'Must be shut down to move', note: 'you decide' },
  { kind: 'live', title: 'Moves live', note: '' },
  { kind: 'off', title: 'Are off already', note: 'move cold, without harm' },
];

/** More are shown on demand. */
const FIRST = 20;

/** Where each VM goes, in groups; tightest first. */
export function DrainTable({ drain, shutDown, onShutDown }: Props) {
  const sorted = GROUPS.flatMap((group) => drain.vms.filter(({ kind }) => kind === group.kind));
  const shown = useShown(sorted.length, FIRST);
  const rowsShown = new Set(sorted.slice(0, shown.count));
  return (
    <Panel title="Where each VM goes" note="One placement that works; tightest first" long>
      <ScrollTable label="VMs of the host and where they go" columns={COLUMNS} layout="cards">
        {GROUPS.map(({ kind, title, note }) => {
          const all = drain.vms.filter((vm) => vm.kind === kind);
          const rows = all.filter((vm) => rowsShown.has(vm));
          if (rows.length === 0) return null;
          const count = formatThings(all.length, 'VM');
          return [
            <GroupRow
              key={kind}
              columns={COLUMNS.length}
              title={title}
              note={note === '' ? count : `${count}; ${note}`}
            />,
            ...rows.map((vm) => (
              <Row
                key={vm.id}
                host={drain.host}
                vm={vm}
                isIn={shutDown.has(vm.id)}
                onShutDown={(isIn) => onShutDown(vm.id, isIn)}
              />
            )),
          ];
        })}
      </ScrollTable>
      <ShowMore shown={shown} />
    </Panel>
  );
}

type RowProps = { host: string; vm: DrainVmView; isIn: boolean; onShutDown: (isIn: boolean) => void };

function Row({ host, vm, isIn, onShutDown }: RowProps) {
  const { name, flavor, destination, destination_cpu_after: cpu, ram_to_copy: ram, kind } = vm;
  return (
    <tr {...ROLES.row}>
      <th {...ROLES.rowHead} scope="row">
        <Name>{name}</Name>
        <span className={styles.two} title={vm.project_reason ?? vm.project_id}>
          {projectPart(vm)}, {flavor ?? 'flavor unknown'}
        </span>
      </th>
      <td {...ROLES.cell} data-kind="prose" data-card="full">
        <How vm={vm} />
        {kind === 'blocks' ? (
          <CopyText
            make={() => textForOwner(host, vm)}
            file={{ name: `${name}.txt`, type: 'text/plain' }}
            label="Copy for owner"
          />
        ) : null}
      </td>
      <td {...ROLES.cell}>
        {destination === null ? (
          MISSING
        ) : (
          <>
            <NameLink href={hostAddress(destination)}>{destination}</NameLink>
            <span className={styles.two}>
              {cpu === null ? 'CPU there not measured' : `${formatPercent(cpu, 0)} CPU there afterwards`}
            </span>
          </>
        )}
      </td>
      <td {...ROLES.cell} data-kind="number" data-label="to copy">
        {formatBytes(ram)}
      </td>
      <td {...ROLES.cell}>
        {kind === 'cold' ? (
          <label className={styles.decide}>
            <input
              type="checkbox"
              checked={isIn}
              aria-label={`Shut ${name} down to move it`}
              onChange={({ target }) => onShutDown(target.checked)}
            />
            Shut it down
          </label>
        ) : null}
      </td>
    </tr>
  );
}

const WORDS: Record<DrainVmView['kind'], { word: string; icon: 'error' | 'warn' | 'ok' }> = {
  blocks: { word: 'Can’t move now', icon: 'error' },
  cold: { word: 'Cold: off while it is copied', icon: 'warn' },
  live: { word: 'Live', icon: 'ok' },
  off: { word: 'Cold', icon: 'ok' },
};

function How({ vm }: { vm: DrainVmView }) {
  const { kind, text, who, reasons, unchecked } = vm;
  const { word, icon } = WORDS[kind];
  const warned = kind !== 'blocks' && reasons.length > 0;
  const lines = [
    ...(text === null || kind === 'off' ? [] : [`${text}${who === null ? '' : ` ${who}`}`]),
    ...reasons.map((reason) => reason.text),
    ...(unchecked.length === 0 ? [] : [`Not checked: ${unchecked.join(', ')}.`]),
    ...(kind === 'blocks' ? [] : [placesOf(vm)]),
  ];
  return (
    <>
      <span className={styles.how}>
        <Icon name={warned ? 'warn' : icon} size={14} tone={warned ? 'warn' : icon} />
        {word}
      </span>
      {lines.map((line) => (
        <span key={line} className={styles.two}>
          {line}
        </span>
      ))}
    </>
  );
}

const placesOf = ({ fits_on: on, fits_of: of, others }: DrainVmView): string =>
  `Fits on ${on} of ${formatThings(of, 'other host')} now${others === null ? '' : `; ${others}`}.`;
