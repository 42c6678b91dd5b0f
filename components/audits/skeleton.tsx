import styles from './skeleton.module.css';

/** Holds the place of an audit that is being read, as high as most of them are. */
export function DetailSkeleton() {
  return (
    <div className={styles.detail}>
      <div className={styles.panel} data-part="head">
        <Bar size="title" />
        <Bar size="line" />
        <div className={styles.grid}>
          {FIVE.map((place) => (
            <div key={place} className={styles.cell}>
              <Bar size="label" />
              <Bar size="value" />
            </div>
          ))}
        </div>
        <div className={styles.grid}>
          {FIVE.map((place) => (
            <div key={place} className={styles.cell}>
              <Bar size="label" />
              <Bar size="figure" />
              <Bar size="label" />
            </div>
          ))}
        </div>
      </div>
      <div className={styles.pair}>
        <div className={styles.panel} data-part="chart">
          <Bar size="title" />
        </div>
        <div className={styles.panel} data-part="flow">
          <Bar size="title" />
        </div>
      </div>
      <div className={styles.panel} data-part="table">
        <Bar size="title" />
      </div>
      <span className="visually-hidden">Being read</span>
    </div>
  );
}

/** The whole section before anything of it is read. */
export function AuditsSkeleton() {
  return (
    <section className={styles.section} aria-labelledby="audits" aria-busy="true">
      <h2 id="audits" className={styles.heading}>
        Audits
      </h2>
      <div className={styles.audits}>
        <div className={styles.rail}>
          {FIVE.map((place) => (
            <div key={place} className={styles.option}>
              <Bar size="value" />
              <Bar size="line" />
            </div>
          ))}
        </div>
        <DetailSkeleton />
      </div>
    </section>
  );
}

const FIVE = [1, 2, 3, 4, 5];

function Bar({ size }: { size: 'title' | 'line' | 'label' | 'value' | 'figure' }) {
  return <span className={styles.bar} data-size={size} />;
}
