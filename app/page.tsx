import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import { readHostMap, readProposal } from '@/lib/dashboard/overview-views';
import { dashboardSettings } from '@/lib/dashboard/settings';
import { readPhysical, readSources, readVirtual } from '@/lib/dashboard/views';
import { AuditsSlot } from './audits-slot';
import { OverviewPlaces } from './overview-places';
import type { Reads } from './slot';

export const dynamic = 'force-dynamic';

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

export default async function Overview({ searchParams }: Props) {
  const query = await searchParams;
  const wanted = single(query.audit);
  // Without JavaScript the page is sent in one piece.
  const whole = query.plain !== undefined;
  const { limits } = dashboardSettings();
  const reads: Reads = {
    virtual: readVirtual(),
    physical: readPhysical(),
    hosts: readHostMap(wanted),
    proposal: readProposal(),
    sources: readSources(),
  };
  return (
    <>
      {whole ? null : (
        <noscript>
          <Notice tone="warn">
            Parts of this page come when they are read, which needs JavaScript.{' '}
            <Link href={plainAddress(wanted)}>Show it in one piece</Link>
          </Notice>
        </noscript>
      )}
      <OverviewPlaces reads={reads} limits={limits} whole={whole} />
      <AuditsSlot wanted={wanted} whole={whole} />
    </>
  );
}

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

const plainAddress = (audit: string | undefined): string =>
  audit === undefined ? '/?plain=1' : `/?audit=${encodeURIComponent(audit)}&plain=1`;
