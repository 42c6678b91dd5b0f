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
  /** Zones with a column. */
  zones: string[];
  /** Whether the region has a column of its own. */
  hasSum: boolean;
  chosen: FlavorSlots | null;
  choose: (name: string) => void;
};

/** How many more of each flavor fit in each zone; below the number, what ends it. */
export function SlotsTable({ flavors, zones, hasSum, chosen, choose }: Props) {
  const columns: Column[] = [
    { id: 'flavor', title: 'Flavor' },
    ...zones.map((zone): Column => ({ id: `zone ${zone}`, title: zone, kind: 'number' })),
    ...(hasSum ? [{ id: 'region', title: 'Region', kind: 'number' } as const] : []),
    { id: 'vms', title: 'Run today', kind: 'number' },
    { id: 'why', title: <span className="visually-hidden">Why not more</span> },
  ];
  return (
    <div className={styles.table}>
      <ScrollTable label="How many more VMs fit" columns={columns}>
        {flavors.map((flavor) => (
          <Rows
            key={flavor.name}
            {...{ flavor, zones, hasSum, choose, columns: columns.length }}
            isChosen={flavor === chosen}
          />
        ))}
      </ScrollTable>
    </div>
  );
}

type RowsProps = Pick<Props, 'zones' | 'hasSum' | 'choose'> & {
  flavor: FlavorSlots;
  columns: number;
  isChosen: boolean;
};

function Rows({ flavor, zones, hasSum, choose, columns, isChosen }: RowsProps) {
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
        {zones.map((zone) => {
          const own = flavor.zones.find((one) => one.zone === zone);
          return (
            <td key={zone} {...ROLES.cell} data-kind="number">
              <Slots slots={own?.slots ?? null} ends={own?.ends ?? 'unknown in Placement'} />
            </td>
          );
        })}
        {hasSum ? (
          <td {...ROLES.cell} data-kind="number">
            <Slots slots={flavor.slots} ends="" />
          </td>
        ) : null}
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
