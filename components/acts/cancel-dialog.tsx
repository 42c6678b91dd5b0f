'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import { ADDRESSES } from '../live/answers';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Fields, Foot, Line, Lines, Part } from './decision';
import { Field } from './field';
import { ProofFields } from './proof-fields';
import { NO_PROOF, needsPassword, type Proof, useActing } from './use-acting';

type Props = {
  open: boolean;
  onClose: () => void;
  plan: { audit: string; plan: string; name: string; state: string };
  permission: Permission;
  /** What it will do, a sentence each. */
  lines: string[];
};

/** Stops a plan, or refuses one that waits: two clicks, no typing unless the password is needed. */
export function CancelDialog({ open, onClose, plan, permission, lines }: Props) {
  const router = useRouter();
  const acting = useActing();
  const [reason, setReason] = useState('');
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const [openedAt] = useState(() => Date.now());
  const isWaiting = plan.state === 'RECOMMENDED';
  const title = isWaiting ? `Refuse the plan of ${plan.name}` : `Stop ${plan.name}`;
  const isReady = !needsPassword(permission, openedAt) || proof.password !== '';

  async function cancel() {
    const address = `${ADDRESSES.ofPlan(plan.audit, plan.plan)}cancel/`;
    const body = reason.trim() === '' ? {} : { reason: reason.trim() };
    const done = await acting.act<unknown>(address, body, { permission, given: proof });
    if (done === null) return;
    onClose();
    router.refresh();
  }

  return (
    <Dialog open={open} onClose={onClose} title={title} wide>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void cancel();
        }}
      >
        <Part heading={isWaiting ? 'What it does' : 'If you stop now'}>
          <Lines>
            {lines.map((line) => (
              <Line key={line}>{line}</Line>
            ))}
          </Lines>
        </Part>
        <Part>
          <Fields>
            <Field
              label="Why"
              note="For the journal; may be left empty."
              wide
              name="reason"
              maxLength={200}
              autoComplete="off"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <ProofFields
              permission={permission}
              now={openedAt}
              wantsCode={acting.wantsCode}
              proof={proof}
              onChange={setProof}
            />
          </Fields>
        </Part>
        <Foot problem={acting.problem}>
          <Button onClick={onClose}>{isWaiting ? 'Keep it' : 'Let it run'}</Button>
          <Button type="submit" look="primary" icon="stop" disabled={!isReady || acting.isBusy}>
            {acting.isBusy ? 'Sending…' : isWaiting ? 'Refuse the plan' : 'Stop'}
          </Button>
        </Foot>
      </form>
    </Dialog>
  );
}
