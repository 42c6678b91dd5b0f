import { CellFoot, MissingFigure, OldTime } from '@/components/figures/cell';
import { Link } from '@/components/ui/link';
import { formatCount } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';
import styles from './room-for-more.module.css';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** How many more fit of the flavors that most VMs have. */
function View({ data: { flavors, reason, readings }, now }: ViewProps<Payloads['room']>) {
  if (reason !== null) return <MissingFigure reason={reason} />;
  if (flavors.length === 0) return <p className={styles.none}>No flavor to count.</p>;
  return (
    <>
      <ol className={styles.list}>
        {flavors.map(({ name, slots }) => (
          <li key={name} className={styles.row}>
            {/* The first part of an id is enough for a flavor without a name. */}
            <Link className={styles.name} href="/capacity" prefetch={false} title={name}>
              {UUID.test(name) ? name.slice(0, 8) : name}
            </Link>
            <strong>{formatCount(slots)}</strong>
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
