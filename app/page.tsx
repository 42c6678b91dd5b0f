import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import { WIDGETS } from '@/components/widgets';
import { dashboardSettings } from '@/lib/dashboard/settings';
import { readPhysical, readSources, readVirtual } from '@/lib/dashboard/views';
import { AuditsSlot } from './audits-slot';
import styles from './page.module.css';
import { type Reads, WidgetSlot } from './slot';

export const dynamic = 'force-dynamic';

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

export default async function Overview({ searchParams }: Props) {
  const query = await searchParams;
  const wanted = single(query.audit);
  // Without JavaScript the page is sent in one piece.
  const whole = query.plain !== undefined;
  const { limits } = dashboardSettings();
  const reads: Reads = { virtual: readVirtual(), physical: readPhysical(), sources: readSources() };
  return (
    <>
      <h1 className="visually-hidden">Overview</h1>
      {whole ? null : (
        <noscript>
          <Notice tone="warn">
            Parts of this page come when they are read, which needs JavaScript.{' '}
            <Link href={plainAddress(wanted)}>Show it in one piece</Link>
          </Notice>
        </noscript>
      )}
      <section className={styles.section} aria-labelledby="capacity">
        <h2 id="capacity" className={styles.title}>
          Capacity
        </h2>
        <div className={styles.grid}>
          {WIDGETS.map((widget) => (
            <WidgetSlot key={widget.name} widget={widget} reads={reads} limits={limits} whole={whole} />
          ))}
        </div>
      </section>
      <AuditsSlot wanted={wanted} whole={whole} />
    </>
  );
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

const plainAddress = (audit: string | undefined): string =>
  audit === undefined ? '/?plain=1' : `/?audit=${encodeURIComponent(audit)}&plain=1`;
