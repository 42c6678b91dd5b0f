import Link from 'next/link';
import { AuditDetail } from '@/components/audits/audit-detail';
import { AuditList } from '@/components/audits/audit-list';
import { addressOf, type Choice, readChoice } from '@/components/audits/choice';
import { Freshness } from '@/components/ui/freshness';
import { Notice } from '@/components/ui/notice';
import { WIDGETS } from '@/components/widgets';
import { dashboardSettings } from '@/lib/dashboard/settings';
import { readAuditDetail, readAuditList, readPhysical, readSources, readVirtual } from '@/lib/dashboard/views';
import styles from './page.module.css';
import { Arrived, Awaited, Place, type Reads, WidgetSlot } from './slot';

export const dynamic = 'force-dynamic';

const AUDITS_SHOWN = 50;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Overview({ searchParams }: Props) {
  const choice = readChoice(await searchParams);
  const { limits } = dashboardSettings();
  const reads: Reads = { virtual: readVirtual(), physical: readPhysical(), sources: readSources() };
  return (
    <>
      <h1 className="visually-hidden">Overview</h1>
      {choice.plain ? null : (
        <noscript>
          <Notice tone="warn">
            Parts of this page come when they are read, which needs JavaScript.{' '}
            <Link href={addressOf({ ...choice, plain: true })}>Show it in one piece</Link>
          </Notice>
        </noscript>
      )}
      <section className={styles.section} aria-labelledby="capacity">
        <h2 id="capacity" className={styles.title}>
          Capacity
        </h2>
        <div className={styles.grid}>
          {WIDGETS.map((widget) => (
            <WidgetSlot key={widget.name} widget={widget} reads={reads} limits={limits} whole={choice.plain} />
          ))}
        </div>
      </section>
      <section className={styles.section} aria-labelledby="audits">
        <h2 id="audits" className={styles.title}>
          Audits
        </h2>
        <Audits choice={choice} />
      </section>
    </>
  );
}

/** The list, and beside it the audit that the address names, or the first. */
function Audits({ choice }: { choice: Choice }) {
  const list = readAuditList({ limit: AUDITS_SHOWN, offset: choice.older });
  return (
    <Awaited view={list} lines={8} whole={choice.plain} role="alert">
      {(audits, now) => {
        const first = audits.audits[0];
        if (audits.total === 0) {
          return (
            <>
              <Notice tone="plain">No audits yet.</Notice>
              <Freshness what="Audits" reading={audits.readings.optimizer} now={now} />
            </>
          );
        }
        return (
          <div className={styles.audits}>
            <AuditList list={audits} choice={choice} now={now} />
            <Place lines={8} whole={choice.plain}>
              <Chosen choice={choice} first={first?.id} />
            </Place>
          </div>
        );
      }}
    </Awaited>
  );
}

/** The audit of the address; the newest of all where it is gone; the first of the list where none is named. */
async function Chosen({ choice, first }: { choice: Choice; first: string | undefined }) {
  const named = choice.audit === undefined ? null : await readAuditDetail(choice.audit);
  const gone = choice.audit !== undefined && named === null;
  const instead = gone ? await findNewest() : first;
  const view = named ?? (instead === undefined ? null : await readAuditDetail(instead));
  return (
    <div className={styles.section}>
      {gone ? (
        <Notice tone="warn" role="status">
          That audit no longer exists. This is the newest one.
        </Notice>
      ) : null}
      {view === null ? null : (
        <Arrived view={Promise.resolve(view)}>{(detail, now) => <AuditDetail detail={detail} now={now} />}</Arrived>
      )}
    </div>
  );
}

async function findNewest(): Promise<string | undefined> {
  const newest = await readAuditList({ limit: 1, offset: 0 });
  return newest.ok ? newest.data.audits[0]?.id : undefined;
}
