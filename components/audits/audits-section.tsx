'use client';

import { type ReactNode, useState } from 'react';
import { preload } from 'swr';
import type { AuditDetail, AuditList, AuditSummary } from '@/lib/contract/v1/audits';
import { formatAge, formatCount } from '@/lib/format';
import { auditsAddress } from '../figures/addresses';
import { ADDRESSES, readAnswer } from '../live/answers';
import { useNow } from '../live/now';
import { useShortcut } from '../live/shortcuts';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { Notice } from '../ui/notice';
import { SectionHead, Stack } from '../ui/page';
import { Select } from '../ui/select';
import { AuditRail, ageOf } from './audit-rail';
import { AuditView } from './audit-view';
import { AuditsLayout } from './audits-layout';
import styles from './audits-section.module.css';
import { DetailSkeleton } from './skeleton';
import { useSelectedAudit } from './use-selected-audit';
import { describeProposal } from './words';

/** The API's largest page. */
const MAX_LISTED = 1000;
/** Ages are shown in minutes; ms. */
const CLOCK_MS = 15_000;

type Props = {
  /** What came with the page; not empty. */
  list: AuditList;
  /** The audit in the address, or the newest; null if the browser already has it. */
  detail: AuditDetail | null;
  /** What the address named when the server found no such audit. */
  missing: string | null;
  region: string | null;
  /** When the server rendered; ms. */
  now: number;
};

/** The list of audits and the selected one beside it. The selection is in the address; changing it loads no page. */
export function AuditsSection({ list: given, detail, missing, region, now: rendered }: Props) {
  const now = useNow(rendered, CLOCK_MS);
  const { list, showOlder } = useList(given);
  const { audits, total } = list;
  const selected = useSelectedAudit({ audits, detail, missing });
  const step = (by: number) => {
    const next = audits[audits.findIndex(({ id }) => id === selected.id) + by];
    if (next) selected.select(next.id, 'replace');
  };
  useShortcut('j', () => step(1));
  useShortcut('k', () => step(-1));

  return (
    <section aria-labelledby="audits">
      <Stack>
        <SectionHead id="audits" title="Audits">
          <span>
            {formatCount(total)} in this region.{' '}
            <span data-hide="phone print">
              Press <Kbd>j</Kbd> <Kbd>k</Kbd> to step through them.
            </span>
          </span>
        </SectionHead>
        {selected.isGone ? (
          <Notice tone="warn" role="status">
            That audit no longer exists. This is the newest one.
          </Notice>
        ) : null}
        <AuditsLayout
          rail={
            <AuditRail
              audits={audits}
              total={total}
              selected={selected.id}
              now={now}
              addressOf={auditsAddress}
              onSelect={selected.select}
              onApproach={(id) => {
                if (id !== selected.id) loadAhead(id);
              }}
              onShowOlder={showOlder}
            />
          }
        >
          <Picker
            audits={audits}
            selected={selected.id}
            name={selected.detail?.audit.name}
            now={now}
            onSelect={(id) => selected.select(id, 'push')}
          >
            {audits.length < total ? <Button onClick={showOlder}>Show older</Button> : null}
          </Picker>
          <div aria-busy={selected.isLoading || undefined}>
            <Detail selected={selected} region={region} now={now} />
          </div>
        </AuditsLayout>
      </Stack>
    </section>
  );
}

function useList(given: AuditList): { list: AuditList; showOlder: () => void } {
  const [limit, setLimit] = useState(given.limit);
  const fallback = limit === given.limit ? given : undefined;
  const { data } = useAnswer<AuditList>(ADDRESSES.audits(limit), fallback, { keepPreviousData: true });
  return { list: data ?? given, showOlder: () => setLimit(Math.min(MAX_LISTED, limit + given.limit)) };
}

/** Requests an audit that is likely to be selected next. An error shows once it is selected. */
function loadAhead(id: string): void {
  const answer: Promise<AuditDetail> = preload(ADDRESSES.audit(id), readAnswer<AuditDetail>);
  answer.catch(() => {});
}

type DetailProps = { selected: ReturnType<typeof useSelectedAudit>; region: string | null; now: number };

function Detail({ selected: { id, detail, error }, region, now }: DetailProps) {
  if (detail === undefined) {
    return error === undefined ? (
      <DetailSkeleton />
    ) : (
      <Notice tone="error" role="alert">
        {error.message}
      </Notice>
    );
  }
  return (
    <Stack>
      {error !== undefined && detail.audit.id === id ? (
        <Notice tone="warn" role="status">
          {error.message} Showing the last known state.
        </Notice>
      ) : null}
      {/* Another audit takes the place of all of it, however late: nothing of the one before moves. */}
      <AuditView key={detail.audit.id} detail={detail} now={now} region={region} level={4} />
    </Stack>
  );
}

type PickerProps = {
  audits: AuditSummary[];
  selected: string | undefined;
  /** Of the selected audit, once known. */
  name: string | undefined;
  now: number;
  onSelect: (id: string) => void;
  children: ReactNode;
};

/** Replaces the list on narrow screens. */
function Picker({ audits, selected, name, now, onSelect, children }: PickerProps) {
  const isListed = selected === undefined || audits.some(({ id }) => id === selected);
  const options = audits.map((audit) => ({
    value: audit.id,
    label: `${audit.name}, ${formatAge(now - ageOf(audit))} ago, ${describeProposal(audit)}`,
  }));
  return (
    <div className={styles.picker} data-hide="wide print">
      <Select
        label="Audit"
        value={selected}
        options={isListed ? options : [...options, { value: selected, label: name ?? selected }]}
        onChange={onSelect}
      />
      {children}
    </div>
  );
}
