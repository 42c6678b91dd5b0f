import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { type ReactNode, Suspense } from 'react';
import { LiveRefresh } from '@/components/live/live-refresh';
import { AccountMenu } from '@/components/shell/account-menu';
import { Banners, MockBanner } from '@/components/shell/banners';
import { Finder } from '@/components/shell/finder';
import { FirstReading } from '@/components/shell/first-reading';
import { Footer, ReadAt } from '@/components/shell/footer';
import { Main, SkipLink } from '@/components/shell/main';
import { Pages } from '@/components/shell/pages';
import { RegionMenu } from '@/components/shell/region-menu';
import { LostBanner } from '@/components/shell/retry';
import { RunChip } from '@/components/shell/run-chip';
import { SourceChips } from '@/components/shell/source-chips';
import { readThemeCookie, type Theme, themeAttribute } from '@/components/shell/theme';
import { RegionName, RegionSkeleton, TopBar } from '@/components/shell/top-bar';
import { keptAttributes } from '@/components/ui/kept';
import { KeptQuery } from '@/components/ui/kept-query';
import { titleAttribute, titleEnd } from '@/components/ui/tab-title';
import { describePageRegion, regionOfPage } from '@/lib/dashboard/http/region-of-request';
import { withinOrNull } from '@/lib/dashboard/process/waiting';

import { type PlansNow, readPlansNow } from '@/lib/dashboard/views/plans-now';
import { dashboardSettings } from '@/lib/dashboard/views/settings';
import { readProgress, readSources, readState } from '@/lib/dashboard/views/state';
import { FONTS } from './fonts';
import './globals.css';
import { isSoft } from './is-refresh';

export const dynamic = 'force-dynamic';

export function generateMetadata(): Metadata {
  const end = endOfTitle();
  return {
    title: { default: end, template: `%s · ${end}` },
    description: 'How full the region is, which hosts are hot, and what Watcher’s plans would change.',
  };
}

function endOfTitle(): string {
  const { label, hasOthers } = describePageRegion();
  return titleEnd(hasOthers ? label : null);
}

/** Cached data arrives within this time; the frame waits no longer. */
const PATIENCE_MS = 60;
const UPDATE_PATIENCE_MS = 15_000;

type State = ReturnType<typeof readState>;

export default async function Layout({ children }: { children: ReactNode }) {
  const { auth } = dashboardSettings();
  const { kept } = describePageRegion();
  const theme = readThemeCookie((await cookies()).toString());
  // Set by the proxy once somebody has signed in.
  const visitor = (await headers()).get('x-visitor');
  return (
    <html
      lang="en"
      className={FONTS}
      data-theme={themeAttribute(theme)}
      {...keptAttributes(kept)}
      {...titleAttribute(endOfTitle())}
    >
      <body>
        <KeptQuery kept={kept}>
          {auth !== 'none' && visitor === null ? (
            <Main>{children}</Main>
          ) : (
            <Frame
              theme={theme}
              visitor={visitor === null ? null : decodeURIComponent(visitor)}
              canSignOut={auth === 'keystone'}
            >
              {children}
            </Frame>
          )}
        </KeptQuery>
      </body>
    </html>
  );
}

type FrameProps = { theme: Theme; visitor: string | null; canSignOut: boolean; children: ReactNode };

/** What surrounds every page for people with access. */
async function Frame({ theme, visitor, canSignOut, children }: FrameProps) {
  const { mode, acts, refreshSeconds, statusSeconds } = dashboardSettings();
  const region = regionOfPage();
  const { label, hasOthers } = describePageRegion();
  const state = readState(region);
  const plans = readPlansNow(region);
  // An update keeps what is there until it arrives; a new page had better not wait.
  const patience = (await isSoft()) ? UPDATE_PATIENCE_MS : PATIENCE_MS;
  const [known, counted, sources, reading] = await Promise.all([
    withinOrNull(state, patience),
    withinOrNull(plans, patience),
    withinOrNull(readSources(region), PATIENCE_MS),
    readProgress(region),
  ]);
  const now = Date.now();
  return (
    <LiveRefresh seconds={refreshSeconds}>
      <SkipLink />
      <TopBar
        region={
          hasOthers ? (
            <RegionMenu label={label} rendered={now} />
          ) : known?.region != null ? (
            <RegionName name={known.region} />
          ) : (
            <Suspense fallback={<RegionSkeleton />}>
              <LateRegion state={state} />
            </Suspense>
          )
        }
        pages={
          counted ? (
            <Pages waiting={counted.waiting} />
          ) : (
            <Suspense fallback={<Pages waiting={null} />}>
              <LatePages plans={plans} />
            </Suspense>
          )
        }
        runs={
          counted ? (
            <RunChip running={counted.running} />
          ) : (
            <Suspense>
              <LateRuns plans={plans} />
            </Suspense>
          )
        }
        finder={<Finder />}
        sources={
          <SourceChips seconds={statusSeconds} initial={sources?.ok ? sources.data : undefined} rendered={now} />
        }
        controls={<AccountMenu name={visitor} canSignOut={canSignOut} theme={theme} />}
      />
      <Main>
        <LostBanner />
        {mode === 'simulated' ? <MockBanner acts={acts} /> : null}
        {reading.ok && reading.data !== null ? <FirstReading initial={reading.data} /> : null}
        {known ? (
          <Banners readings={known.readings} now={now} ttlMs={refreshSeconds * 1000} />
        ) : (
          <Suspense>
            <LateBanners state={state} ttlMs={refreshSeconds * 1000} />
          </Suspense>
        )}
        {children}
      </Main>
      <Footer>
        <Suspense fallback={<span>Loading…</span>}>
          <LateTimes state={state} />
        </Suspense>
      </Footer>
    </LiveRefresh>
  );
}

/** The number of plans that wait keeps its place until it is known. */
async function LatePages({ plans }: { plans: Promise<PlansNow | null> }) {
  return <Pages waiting={(await plans)?.waiting ?? null} />;
}

async function LateRuns({ plans }: { plans: Promise<PlansNow | null> }) {
  return <RunChip running={(await plans)?.running ?? []} />;
}

async function LateRegion({ state }: { state: State }) {
  return <RegionName name={(await state).region ?? ''} />;
}

async function LateBanners({ state, ttlMs }: { state: State; ttlMs: number }) {
  return <Banners readings={(await state).readings} now={Date.now()} ttlMs={ttlMs} />;
}

async function LateTimes({ state }: { state: State }) {
  return <ReadAt readings={(await state).readings} now={Date.now()} />;
}
