'use client';

import { useState } from 'react';
import type { DrainView } from '@/lib/contract/v1/drain';
import { formatThings } from '@/lib/format';
import { carefulAddress } from '../figures/addresses';
import { Button, ButtonLink } from '../ui/button';
import { HostDialog, type HostWay } from './drain-dialog';
import { DrainFoot } from './drain-foot';
import { chosenOf, isMoving, staysInWords } from './drain-words';

type Props = { drain: DrainView; shutDown: ReadonlySet<string>; onActed: () => void };

/** The bar at the foot of the page: what would happen, or why it can't. */
export function DrainBar({ drain, shutDown, onActed }: Props) {
  const [open, setOpen] = useState<HostWay | null>(null);
  const { moves, stays } = chosenOf(drain, shutDown);
  const close = () => setOpen(null);
  const run = isMoving(drain) ? drain.run : null;
  const [first] = drain.closed === null ? drain.close : drain.open;
  const canMove = drain.drain.length === 0 && moves.length > 0;
  const lead = leadOf(drain, moves.length);
  const { permission } = drain;
  if (!permission.may_act) {
    return (
      <DrainFoot label="Drain this host" lead={lead} note={permission.reason}>
        {null}
      </DrainFoot>
    );
  }
  return (
    <DrainFoot
      label="Drain this host"
      lead={lead}
      note={noteOf(drain, { stays: staysInWords(stays), first: first?.text ?? null, moves: moves.length })}
    >
      {run === null ? (
        <>
          {drain.closed === null ? (
            <Button icon="stop" disabled={drain.close.length > 0} onClick={() => setOpen('close')}>
              Close only…
            </Button>
          ) : (
            <Button icon="play" disabled={drain.open.length > 0} onClick={() => setOpen('open')}>
              Bring it back…
            </Button>
          )}
          {drain.counts.all === 0 ? null : (
            <Button look="primary" icon="play" disabled={!canMove} onClick={() => setOpen('drain')}>
              {`${drain.closed === null ? 'Close and move' : 'Move'} ${moves.length}…`}
            </Button>
          )}
        </>
      ) : (
        <ButtonLink href={carefulAddress(run.id)} look="primary">
          Watch, pause or end the moves
        </ButtonLink>
      )}
      {open !== null ? (
        <HostDialog way={open} drain={drain} chosen={{ moves, stays }} onClose={close} onActed={onActed} />
      ) : null}
    </DrainFoot>
  );
}

function leadOf(drain: DrainView, moves: number): string {
  const { host, closed, counts, run } = drain;
  if (isMoving(drain)) return run?.title ?? '';
  if (closed !== null && counts.all === 0) return `${host} is empty and closed.`;
  if (moves === 0) return closed === null ? `Closes ${host}.` : `${host} is closed.`;
  const then = `moves ${formatThings(moves, 'VM')}`;
  return closed === null ? `Closes ${host}, checks again, then ${then}.` : `Checks again, then ${then}.`;
}

type Said = { stays: string; first: string | null; moves: number };

function noteOf(drain: DrainView, { stays, first, moves }: Said): string {
  if (isMoving(drain)) return 'The server carries the moves out; closing this page changes nothing.';
  if (drain.closed !== null && drain.counts.all === 0) return first ?? 'Nothing moves back by itself.';
  const [why] = drain.drain;
  if (drain.close.length > 0 && drain.closed === null) return first ?? '';
  if (why !== undefined && moves > 0) return `${stays} The VMs can’t be moved from here: ${why.text}`.trim();
  return `${stays} If a new check finds a VM without a place, nothing moves and the host stays closed. Nothing is rolled back.`.trim();
}
