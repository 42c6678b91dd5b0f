import type { ReactNode } from 'react';
import { Columns, SectionHead, Stack } from '../ui/page';
import { Panel } from '../ui/panel';
import { Bone, Loading } from '../ui/skeleton';
import { AuditsLayout } from './audits-layout';
import styles from './skeleton.module.css';

/** Takes the place of an audit that loads, as high as most of them are. */
export function DetailSkeleton() {
  return (
    <Stack>
      <Place part="head">
        <Bone width={220} height={20} />
        <Bone width={340} />
        <Row heights={[10, 12]} />
        <Row heights={[10, 24, 10]} />
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
            <Panel label="Audits">
              {FIVE.map((place) => (
                <div key={place} className={styles.option}>
                  <Bone width={120} />
                  <Bone width="90%" />
                </div>
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

type PlaceProps = { part: 'head' | 'chart' | 'flow' | 'table'; children?: ReactNode };

function Place({ part, children = <Bone width={220} height={20} /> }: PlaceProps) {
  return (
    <div className={styles.place} data-part={part}>
      <Panel label="Audit">
        <div className={styles.content}>{children}</div>
      </Panel>
    </div>
  );
}

/** @param heights of what stands below each other in each of five columns; px */
function Row({ heights }: { heights: number[] }) {
  return (
    <div className={styles.row}>
      {FIVE.map((place) => (
        <div key={place} className={styles.cell}>
          {heights.map((height, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: none changes its place
            <Bone key={at} width={height === 10 ? 80 : 120} height={height} />
          ))}
        </div>
      ))}
    </div>
  );
}
