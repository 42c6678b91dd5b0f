import type { ReactNode } from 'react';
import { Columns, SectionHead, Stack } from '../ui/page';
import { Panel, PanelBody } from '../ui/panel';
import { Bone, Loading } from '../ui/skeleton';
import { AuditsLayout } from './audits-layout';
import styles from './skeleton.module.css';

/** Shown while an audit loads, as high as most audits are. */
export function DetailSkeleton() {
  return (
    <Stack>
      <Place part="head">
        <Bone width={220} height={20} />
        <Bone width={340} />
        <Bone width="70%" />
        <Bone width="85%" height={60} />
      </Place>
      <Columns wide="first">
        <Place part="chart" />
        <Place part="flow" />
      </Columns>
      <Place part="table" />
      <Loading />
    </Stack>
  );
}

/** The whole section before any of it has loaded. */
export function AuditsSkeleton() {
  return (
    <section aria-labelledby="audits" aria-busy="true">
      <Stack>
        <SectionHead id="audits" title="Audits" />
        <AuditsLayout
          rail={
            <Panel label="List of audits, loading">
              {FIVE.map((place) => (
                <PanelBody key={place}>
                  <Stack>
                    <Bone width={120} />
                    <Bone width="90%" />
                  </Stack>
                </PanelBody>
              ))}
            </Panel>
          }
        >
          <DetailSkeleton />
        </AuditsLayout>
      </Stack>
    </section>
  );
}

const FIVE = [1, 2, 3, 4, 5];

/** Landmarks need names of their own. */
const LOADING = {
  head: 'Audit, loading',
  chart: 'Hosts, loading',
  flow: 'Flow of VMs, loading',
  table: 'Moves, loading',
};

type PlaceProps = { part: 'head' | 'chart' | 'flow' | 'table'; children?: ReactNode };

function Place({ part, children = <Bone width={220} height={20} /> }: PlaceProps) {
  return (
    <div className={styles.place} data-part={part} data-hide={part === 'flow' ? 'phone' : undefined}>
      <Panel label={LOADING[part]}>
        <PanelBody>
          <Stack>{children}</Stack>
        </PanelBody>
      </Panel>
    </div>
  );
}
