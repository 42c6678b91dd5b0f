'use client';

import { useState } from 'react';
import type { DrainView } from '@/lib/contract/v1/drain';
import { formatThings } from '@/lib/format';
import { Choice, Fields, Foot, Line, Lines, Part } from '../acts/decision';
import { Field } from '../acts/field';
import { NumberField } from '../acts/number-field';
import { ProofFields } from '../acts/proof-fields';
import { missingProof, NO_PROOF, type Proof, useActing } from '../acts/use-acting';
import { WhyField } from '../acts/why-field';
import { newAuditAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Time } from '../ui/time';
import { usePages } from '../ui/use-pages';
import { Quiet } from '../ui/values';
import { type Chosen, type HostWay, linesOf } from './drain-lines';

type Props = { way: HostWay; drain: DrainView; chosen: Chosen; onClose: () => void; onActed: () => void };

/** A person confirms the number from this many VMs on. */
const CONFIRMED_FROM = 3;

const PATHS: Record<HostWay, string> = {
  close: 'close/',
  drain: 'drain/start/',
  maintain: 'drain/maintenance/',
  open: 'open/',
};

/** The decision to close, drain or open a host, or to ask Watcher for a plan that drains it. */
export function HostDialog({ way, drain, chosen, onClose, onActed }: Props) {
  // What was decided on stays while the page behind it goes on.
  const [seen] = useState({ drain, chosen });
  const acting = useActing();
  const pages = usePages();
  const [fills, setFills] = useState(true);
  const [reason, setReason] = useState('');
  const [backBy, setBackBy] = useState('');
  const [typed, setTyped] = useState('');
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const { host, permission, made_at: now } = seen.drain;
  const count = countOf(way, seen);
  const confirm = count >= CONFIRMED_FROM ? count : null;
  const left = [
    reason.trim() === '' ? 'the reason' : null,
    confirm === null || typed === String(confirm) ? null : 'the number',
    ...missingProof(permission, now, { ...proof, wantsCode: acting.wantsCode }),
  ].filter((part) => part !== null);
  const setsReason = way !== 'open' && seen.drain.closed?.by !== 'here';

  async function act() {
    const body = {
      seen: seen.drain.seen,
      reason: reason.trim(),
      ...(setsReason && backBy !== '' && { back_by: `${backBy}:00Z` }),
      ...(way === 'drain' && movesIn(seen.chosen)),
      ...(way === 'maintain' && takesIn(seen.drain)),
    };
    const done = await acting.act<unknown>(`${ADDRESSES.ofHost(host)}${PATHS[way]}`, body, {
      permission,
      given: proof,
    });
    onActed();
    if (done === null) return;
    onClose();
    if (way === 'open' && fills) pages.push(newAuditAddress());
  }

  return (
    <Dialog open onClose={onClose} title={titleOf(way, host, count)} wide>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (left.length === 0) void act();
        }}
      >
        <Part
          heading="What will happen"
          aside={
            <Quiet>
              checked <Time at={now} now={now} />, and again by the server
            </Quiet>
          }
        >
          <Lines>
            {linesOf(way, seen).map(({ text, warns }) => (
              <Line key={text} mark={warns ? 'warn' : undefined} strong={warns}>
                {text}
              </Line>
            ))}
          </Lines>
          {way === 'open' ? (
            <Choice checked={fills} onChange={setFills}>
              Then to a new audit, to fill it again: its plan is one that you decide on
            </Choice>
          ) : null}
        </Part>
        <Part>
          <Fields>
            <WhyField needed value={reason} onChange={setReason} />
            {setsReason ? (
              <Field
                label="Back by, UTC"
                note="May be left empty."
                name="back_by"
                type="datetime-local"
                value={backBy}
                onChange={(event) => setBackBy(event.target.value)}
              />
            ) : null}
            <NumberField label="VMs that will move" confirm={confirm} value={typed} onChange={setTyped} />
            <ProofFields
              permission={permission}
              now={now}
              wantsCode={acting.wantsCode}
              proof={proof}
              onChange={setProof}
            />
          </Fields>
        </Part>
        <Foot problem={acting.problem} left={left.length === 0 ? '' : `Left: ${left.join(', ')}`}>
          <Button onClick={onClose}>{seen.drain.closed === null ? 'Don’t close it' : 'Leave it as it is'}</Button>
          <Button type="submit" look="primary" disabled={left.length > 0 || acting.isBusy}>
            {acting.isBusy ? 'Sending…' : titleOf(way, host, count)}
          </Button>
        </Foot>
      </form>
    </Dialog>
  );
}

const movesIn = ({ moves, stays }: Chosen) => ({
  vms: moves.length,
  moves: moves.map(({ id, destination, kind }) => ({ vm_id: id, destination, live: kind === 'live' })),
  stays: stays.map(({ id }) => id),
});

const takesIn = ({ vms }: DrainView) => ({ vms: vms.length, takes: vms.map(({ id }) => id) });

/** VMs that the decision is about. */
function countOf(way: HostWay, { drain, chosen }: { drain: DrainView; chosen: Chosen }): number {
  if (way === 'drain') return chosen.moves.length;
  return way === 'maintain' ? drain.vms.length : 0;
}

function titleOf(way: HostWay, host: string, count: number): string {
  switch (way) {
    case 'close':
      return `Close ${host}`;
    case 'open':
      return `Open ${host}`;
    case 'drain':
      return `Drain ${host}: move ${formatThings(count, 'VM')}`;
    case 'maintain':
      return `Close ${host} and ask for a plan for ${formatThings(count, 'VM')}`;
  }
}
