import type { CapacityPart } from '@/lib/contract/choices';
import type { FlavorSlots } from '@/lib/contract/v1/capacity';
import { formatBytes, formatCount } from '@/lib/format';
import { Button } from '../ui/button';
import { type Column, ROLES, ScrollTable } from '../ui/table';
import { Unknown } from '../ui/values';
import styles from './slots-table.module.css';
import { WhyNotMore } from './why-not-more';
import { cpusInWords } from './words';

type Props = {
  flavors: FlavorSlots[];
  /** Zones or aggregates with a column. */
  columns: string[];
  by: CapacityPart;
  /** Title of the column of all hosts; null without one. */
  sum: string | null;
  chosen: FlavorSlots | null;
  choose: (name: string) => void;
};

/** How many more of each flavor fit in each zone or aggregate; below the number, what ends it. */
export function SlotsTable({ flavors, columns: parts, by, sum, chosen, choose }: Props) {
  const columns: Column[] = [
    { id: 'flavor', title: 'Flavor' },
    ...parts.map((part): Column => ({ id: `part ${part}`, title: part, kind: 'number' })),
    ...(sum === null ? [] : [{ id: 'all', title: sum, kind: 'number' } as const]),
    { id: 'vms', title: 'Run today', kind: 'number' },
    { id: 'why', title: <span className="visually-hidden">Why not more</span> },
  ];
  return (
    <div className={styles.table}>
      <ScrollTable label="How many more VMs fit" columns={columns}>
        {flavors.map((flavor) => (
          <Rows
            key={flavor.name}
            {...{ flavor, parts, by, sum, choose, columns: columns.length }}
            isChosen={flavor === chosen}
          />
        ))}
      </ScrollTable>
    </div>
  );
}

type RowsProps = Pick<Props, 'by' | 'sum' | 'choose'> & {
  flavor: FlavorSlots;
  parts: string[];
  columns: number;
  isChosen: boolean;
};

function Rows({ flavor, parts, by, sum, choose, columns, isChosen }: RowsProps) {
  const own = by === 'zone' ? flavor.zones.map(ofZone) : flavor.aggregates.map(ofAggregate);
  return (
    <>
      <tr {...ROLES.row} className={styles.row} data-chosen={isChosen || undefined}>
        <th {...ROLES.rowHead} scope="row">
          <span className={styles.name}>{flavor.name}</span>
          <span className={styles.two}>
            {cpusInWords(flavor)}, {formatBytes(flavor.ram)}
          </span>
          <span className={styles.phone}>
            <Why name={flavor.name} isChosen={isChosen} choose={choose} />
          </span>
        </th>
        {parts.map((part) => {
          const found = own.find(({ name }) => name === part);
          return (
            <td key={part} {...ROLES.cell} data-kind="number">
              <Slots slots={found?.slots ?? null} ends={found?.ends ?? 'unknown in Placement'} />
            </td>
          );
        })}
        {sum === null ? null : (
          <td {...ROLES.cell} data-kind="number">
            <Slots slots={flavor.slots} ends="" />
          </td>
        )}
        <td {...ROLES.cell} data-kind="number">
          {formatCount(flavor.vms)}
        </td>
        <td {...ROLES.cell} className={styles.act}>
          <Why name={flavor.name} isChosen={isChosen} choose={choose} />
        </td>
      </tr>
      {isChosen ? (
        <tr {...ROLES.row} className={styles.below}>
          <td {...ROLES.cell} colSpan={columns}>
            <WhyNotMore flavor={flavor} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

const ofZone = ({ zone, ...rest }: FlavorSlots['zones'][number]) => ({ name: zone, ...rest });
const ofAggregate = ({ aggregate, ...rest }: FlavorSlots['aggregates'][number]) => ({ name: aggregate, ...rest });

type WhyProps = Pick<Props, 'choose'> & { name: string; isChosen: boolean };

function Why({ name, isChosen, choose }: WhyProps) {
  return (
    <Button aria-pressed={isChosen} aria-label={`Why not more ${name}`} onClick={() => choose(name)}>
      Why not more
    </Button>
  );
}

function Slots({ slots, ends }: { slots: number | null; ends: string }) {
  return (
    <span className={styles.slots} data-none={slots === 0 || undefined}>
      <span className={styles.number}>{slots === null ? <Unknown reason={ends} /> : formatCount(slots)}</span>
      {slots === null || ends === '' ? null : <span className={styles.two}>{ends}</span>}
    </span>
  );
}
