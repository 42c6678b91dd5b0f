'use client';

import { useEffect, useState } from 'react';
import type { AuditProgress, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { formatAge, formatThings } from '@/lib/format';
import { SECOND_MS } from '@/lib/units';
import { auditsAddress, planAddress, plansAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { ButtonLink } from '../ui/button';
import { Panel, PanelBody } from '../ui/panel';
import { usePages } from '../ui/use-pages';
import { Quiet } from '../ui/values';

type Props = { name: string; covers: NewAuditCheck['covers'] };

/** Follows an audit that was just created, to its plan, or to why it has none. */
export function Following({ name, covers }: Props) {
  const pages = usePages();
  const [since] = useState(() => Date.now());
  const [now, setNow] = useState(since);
  const { data, error } = useAnswer<AuditProgress>(ADDRESSES.auditProgress(name), undefined, {
    refreshInterval: 2 * SECOND_MS,
  });
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const { phase, plan_id: planId, audit_id: auditId } = data ?? {};
  useEffect(() => {
    if (auditId === undefined) return;
    if (phase === 'planned' && planId) pages.push(planAddress(auditId, planId));
    if (phase === 'nothing') pages.push(plansAddress(auditId));
  }, [phase, planId, auditId, pages]);
  const where = covers === null ? '' : ` at ${formatThings(covers.hosts.length, 'host')}`;
  return (
    <Panel title={`${name} is created`}>
      <PanelBody>
        <p role="status">{phase === 'scheduled' ? data?.text : `Looking${where}, ${formatAge(now - since)}`}</p>
        <p>
          <Quiet>{error?.message ?? data?.text ?? 'Asking Watcher…'}</Quiet>
        </p>
        <ButtonLink href={auditsAddress(auditId ?? name)}>Open the audit</ButtonLink>{' '}
        {phase === 'scheduled' ? <ButtonLink href="/plans/repeating/">Repeating audits</ButtonLink> : null}
      </PanelBody>
    </Panel>
  );
}
