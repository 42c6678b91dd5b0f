import { CellFoot, MissingFigure, OldTime } from '@/components/figures/cell';
import { Link } from '@/components/ui/link';
import { Unknown } from '@/components/ui/values';
import { formatCount, formatThings } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';
import styles from './room-for-more.module.css';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const MOST = 3;

type Row = { name: string; vms: number; slots: number | null; reason: string };

/** The flavors that most VMs have, offered or not: the first three. */
function mostUsed({ flavors, not_offered: notOffered }: Pick<Payloads['room'], 'flavors' | 'not_offered'>): Row[] {
  const rows: Row[] = [
    ...flavors.map(({ name, vms, slots }) => ({ name, vms, slots, reason: UNKNOWN })),
    ...notOffered.map((flavor) => ({ ...flavor, slots: null })),
  ];
  return rows.sort((a, b) => b.vms - a.vms).slice(0, MOST);
}

const UNKNOWN = 'Placement’s figures of the hosts are unknown.';

/** The flavors that most VMs have: how many VMs, and how many more fit. */
function View({ data: { flavors, not_offered: notOffered, reason, readings }, now }: ViewProps<Payloads['room']>) {
  if (reason !== null) return <MissingFigure reason={reason} />;
  const rows = mostUsed({ flavors, not_offered: notOffered });
  if (rows.length === 0) return <p className={styles.none}>No flavor to count.</p>;
  return (
    <>
      <ol className={styles.list}>
        {rows.map(({ name, vms, slots, reason: why }) => (
          <li key={name} className={styles.row}>
            {/* The first part of an id is enough for a flavor without a name. */}
            <Link className={styles.name} href="/capacity" prefetch={false} title={name}>
              {UUID.test(name) ? name.slice(0, 8) : name}
            </Link>
            <span className={styles.vms}>{formatThings(vms, 'VM')}</span>
            <strong className={styles.slots}>{slots === null ? <Unknown reason={why} /> : formatCount(slots)}</strong>
          </li>
        ))}
      </ol>
      <CellFoot>
        <OldTime reading={readings.inventory} now={now} />
      </CellFoot>
    </>
  );
}

export const roomForMore = widget({
  name: 'room-for-more',
  title: 'Room for more',
  needs: 'room',
  wide: true,
  aside: ({ flavors }) => (flavors.length === 0 ? null : 'each alone'),
  View,
});
