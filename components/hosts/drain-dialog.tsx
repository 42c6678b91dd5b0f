'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { DrainView, DrainVmView } from '@/lib/contract/v1/drain';
import { formatNames, formatThings } from '@/lib/format';
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
import { Quiet } from '../ui/values';
import { staysInWords } from './drain-words';

export type HostWay = 'close' | 'drain' | 'open';

type Chosen = { moves: DrainVmView[]; stays: DrainVmView[] };
type Props = { way: HostWay; drain: DrainView; chosen: Chosen; onClose: () => void; onActed: () => void };

/** A person confirms the number from this many VMs on. */
const CONFIRMED_FROM = 3;

const PATHS: Record<HostWay, string> = { close: 'close/', drain: 'drain/start/', open: 'open/' };

/** The decision to close, drain or open a host. */
export function HostDialog({ way, drain, chosen, onClose, onActed }: Props) {
  // What was decided on stays while the page behind it goes on.
  const [seen] = useState({ drain, chosen });
  const acting = useActing();
  const router = useRouter();
  const [fills, setFills] = useState(true);
  const [reason, setReason] = useState('');
  const [backBy, setBackBy] = useState('');
  const [typed, setTyped] = useState('');
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const { host, permission, made_at: now } = seen.drain;
  const count = way === 'drain' ? seen.chosen.moves.length : 0;
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
    };
    const done = await acting.act<unknown>(`${ADDRESSES.ofHost(host)}${PATHS[way]}`, body, {
      permission,
      given: proof,
    });
    onActed();
    if (done === null) return;
    onClose();
    if (way === 'open' && fills) router.push(newAuditAddress());
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
          <Button onClick={onClose}>{way === 'open' ? 'Leave it closed' : 'Don’t close it'}</Button>
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

function titleOf(way: HostWay, host: string, count: number): string {
  switch (way) {
    case 'close':
      return `Close ${host}`;
    case 'open':
      return `Open ${host}`;
    case 'drain':
      return `Drain ${host}: move ${formatThings(count, 'VM')}`;
  }
}

type Said = { text: string; warns?: boolean };

function linesOf(way: HostWay, { drain, chosen }: { drain: DrainView; chosen: Chosen }): Said[] {
  const { closed, counts } = drain;
  if (way === 'open') return openLines(drain);
  const replaced: Said[] =
    closed === null || closed.by === 'here'
      ? []
      : [
          {
            text: `Already disabled${closed.why === null ? '' : ` by somebody: “${closed.why}”`}. Your reason replaces it; the old one goes into the journal.`,
            warns: true,
          },
        ];
  const close = { text: 'No new VM is placed on the host until somebody brings it back: Watcher opens no host again.' };
  if (way === 'close')
    return [close, { text: `${formatThings(counts.all, 'VM that is', 'VMs that are')} on it now stay.` }, ...replaced];
  const { moves, stays } = chosen;
  const off = moves.filter(({ kind }) => kind === 'cold').map(({ name }) => name);
  return [
    close,
    { text: 'Then it is checked again. If another VM is there by then, or one has no place, nothing moves.' },
    {
      text: `${formatThings(moves.length, 'VM moves', 'VMs move')} to the hosts of the proof: one first, then more at a time.`,
    },
    ...replaced,
    ...(off.length === 0
      ? []
      : [
          {
            text: `${formatNames(off, 5)} ${off.length === 1 ? 'is' : 'are'} shut down to move, and started again after it.`,
            warns: true,
          },
        ]),
    ...(stays.length === 0 ? [] : [{ text: staysInWords(stays), warns: true }]),
    { text: 'Nothing is rolled back: what has moved stays where it is.', warns: true },
  ];
}

function openLines({ closed, counts }: DrainView): Said[] {
  const foreign = closed !== null && closed.by !== 'here' && closed.why !== null;
  return [
    { text: 'The host takes new VMs at once.' },
    { text: 'Nothing moves back by itself.' },
    ...(counts.all === 0 ? [] : [{ text: `${formatThings(counts.all, 'VM is', 'VMs are')} still on it and stay.` }]),
    ...(foreign
      ? [
          {
            text: `It was not closed here: “${closed.why}”. The reason is cleared, and kept in the journal.`,
            warns: true,
          },
        ]
      : []),
  ];
}
