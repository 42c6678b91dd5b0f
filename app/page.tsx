import { AuditDetail } from '@/components/audits/audit-detail';
import { AuditList } from '@/components/audits/audit-list';
import { Notice } from '@/components/ui/notice';
import { WIDGETS } from '@/components/widgets';
import { dashboardSettings } from '@/lib/dashboard/settings';
import { readAuditDetail, readAuditList, readPhysical, readSources, readVirtual } from '@/lib/dashboard/views';
import styles from './page.module.css';
import { Awaited, type Reads, WidgetSlot } from './slot';

export const dynamic = 'force-dynamic';

const AUDITS_SHOWN = 50;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Overview({ searchParams }: Props) {
  const query = await searchParams;
  const { limits } = dashboardSettings();
  const reads: Reads = { virtual: readVirtual(), physical: readPhysical(), sources: readSources() };
  return (
    <>
      <section className={styles.section} aria-labelledby="capacity">
        <h1 id="capacity" className={styles.title}>
          Capacity
        </h1>
        <div className={styles.grid}>
          {WIDGETS.map((widget) => (
            <WidgetSlot key={widget.name} widget={widget} reads={reads} limits={limits} />
          ))}
        </div>
      </section>
      <section className={styles.section} aria-labelledby="audits">
        <h2 id="audits" className={styles.title}>
          Audits
        </h2>
        <Audits wanted={single(query.audit)} older={Number.parseInt(single(query.older) ?? '0', 10) || 0} />
      </section>
    </>
  );
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The list, and beside it the audit that the address names, or the newest. */
function Audits({ wanted, older }: { wanted: string | undefined; older: number }) {
  const list = readAuditList({ limit: AUDITS_SHOWN, offset: Math.max(0, older) });
  return (
    <Awaited view={list} lines={8}>
      {(audits, now) => {
        const newest = audits.audits[0];
        if (!newest) return <Notice tone="plain">No audits yet.</Notice>;
        return (
          <div className={styles.audits}>
            <AuditList list={audits} selected={wanted ?? newest.id} now={now} older={Math.max(0, older)} />
            <Chosen wanted={wanted} newest={newest.id} />
          </div>
        );
      }}
    </Awaited>
  );
}

async function Chosen({ wanted, newest }: { wanted: string | undefined; newest: string }) {
  const found = wanted === undefined ? null : await readAuditDetail(wanted);
  const gone = wanted !== undefined && found === null;
  const view = found ?? (await readAuditDetail(newest));
  return (
    <div className={styles.section}>
      {gone ? <Notice tone="warn">That audit no longer exists. This is the newest one.</Notice> : null}
      {view === null ? null : (
        <Awaited view={Promise.resolve(view)} lines={8}>
          {(detail, now) => <AuditDetail detail={detail} now={now} />}
        </Awaited>
      )}
    </div>
  );
}
