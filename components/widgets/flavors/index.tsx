import { CellFoot, MissingFigure, OldTime, UNCOUNTED } from '@/components/figures/cell';
import { formatCount } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';
import styles from './flavors.module.css';

const MOST = 3;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function View({ data: { flavors, readings }, now }: ViewProps<Payloads['virtual']>) {
  if (flavors === null) return <MissingFigure reason={UNCOUNTED} />;
  const shown = flavors.slice(0, MOST);
  const most = Math.max(...shown.map(({ count }) => count), 1);
  if (shown.length === 0) return <p className={styles.none}>No VM has a flavor.</p>;
  return (
    <>
      <ol className={styles.list}>
        {shown.map(({ name, count }) => (
          <li key={name} className={styles.row}>
            {/* The first part of an id is enough for a flavor without a name. */}
            <span className={styles.name} title={name}>
              {UUID.test(name) ? name.slice(0, 8) : name}
            </span>
            <svg className={styles.bar} aria-hidden="true">
              <rect width={`${((100 * count) / most).toFixed(1)}%`} height="6" rx="3" />
            </svg>
            <span>{formatCount(count)}</span>
          </li>
        ))}
      </ol>
      <CellFoot>
        <OldTime reading={readings.inventory} now={now} />
      </CellFoot>
    </>
  );
}

export const flavors = widget({
  name: 'flavors',
  title: 'Top flavors',
  needs: 'virtual',
  wide: true,
  aside: ({ flavors: all }) => (all === null || all.length === 0 ? null : 'VMs'),
  View,
});
