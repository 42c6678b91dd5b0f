import { Icon } from '../ui/icon';
import type { Level } from '../ui/panel';
import { Tooltip } from '../ui/tooltip';
import styles from './grid.module.css';
import type { Tile } from './outcome-words';

/** The outcome of a plan: five figures, now and after. */
export function Tiles({ tiles, level }: { tiles: Tile[]; level: Level }) {
  const Heading = level === 2 ? 'h2' : 'h4';
  return (
    <section className={styles.outcome} aria-label="Outcome of the plan">
      {tiles.map(({ title, explanation, from, to, changes, unit, note, detail, isName }) => (
        <div key={title} className={styles.tile}>
          <Heading className={styles.name}>
            {explanation === undefined ? title : <Tooltip text={explanation}>{title}</Tooltip>}
          </Heading>
          <p className={styles.figure}>
            {from === null ? null : (
              <>
                <span className={styles.from}>{from}</span>
                <span className={styles.arrow}>
                  <Icon name="arrow" size={14} />
                </span>
                <span className="visually-hidden"> to </span>
              </>
            )}
            <span className={styles.to} data-changes={changes || undefined}>
              {to}
            </span>
            {unit === '' ? null : <span className={styles.unit}> {unit}</span>}
          </p>
          <p className={styles.note} title={detail ?? note} data-names={isName || undefined}>
            {note}
          </p>
        </div>
      ))}
    </section>
  );
}
