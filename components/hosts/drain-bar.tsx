'use client';

import { useState } from 'react';
import type { DrainView } from '@/lib/contract/v1/drain';
import { formatThings } from '@/lib/format';
import { carefulAddress, planAddress, runAddress } from '../figures/addresses';
import { Button, ButtonLink } from '../ui/button';
import { HostDialog } from './drain-dialog';
import { DrainFoot } from './drain-foot';
import type { HostWay } from './drain-lines';
import { chosenOf, isMaintained, isMoving, staysInWords } from './drain-words';

type Props = { drain: DrainView; shutDown: ReadonlySet<string>; onActed: () => void };

/** The bar at the foot of the page: what would happen, or why it can't. */
export function DrainBar({ drain, shutDown, onActed }: Props) {
  const [open, setOpen] = useState<HostWay | null>(null);
  const { moves, stays } = chosenOf(drain, shutDown);
  const close = () => setOpen(null);
  const [first] = drain.closed === null ? drain.close : drain.open;
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
      <Buttons drain={drain} moves={moves.length} onOpen={setOpen} />
      {open !== null ? (
        <HostDialog way={open} drain={drain} chosen={{ moves, stays }} onClose={close} onActed={onActed} />
      ) : null}
    </DrainFoot>
  );
}

type ButtonsProps = { drain: DrainView; moves: number; onOpen: (way: HostWay) => void };

function Buttons({ drain, moves, onOpen }: ButtonsProps) {
  const { run, maintenance, closed, way, counts } = drain;
  if (run !== null && isMoving(drain))
    return (
      <>
        {closed === null ? (
          <Button icon="stop" disabled={drain.close.length > 0} onClick={() => onOpen('close')}>
            Close it again…
          </Button>
        ) : null}
        <ButtonLink href={carefulAddress(run.id)} look="primary">
          Watch, pause or end the moves
        </ButtonLink>
      </>
    );
  if (maintenance !== null && maintenance.phase !== 'asked') {
    const { audit_id: audit, plan_id: plan, phase } = maintenance;
    if (plan !== null && phase !== 'nothing')
      return (
        <ButtonLink href={phase === 'runs' ? runAddress(audit, plan) : planAddress(audit, plan)} look="primary">
          {phase === 'runs' ? 'Watch or stop the plan' : 'Look at the plan and start it'}
        </ButtonLink>
      );
  }
  const isOpen = closed === null;
  const begin = isOpen ? 'Close and' : 'Go on and';
  return (
    <>
      {isOpen ? (
        <Button icon="stop" disabled={drain.close.length > 0} onClick={() => onOpen('close')}>
          Close only…
        </Button>
      ) : (
        <Button icon="play" disabled={drain.open.length > 0} onClick={() => onOpen('open')}>
          Bring it back…
        </Button>
      )}
      {counts.all === 0 ? null : asksWatcher(way) ? (
        <Button look="primary" disabled={drain.maintain.length > 0} onClick={() => onOpen('maintain')}>
          {`${begin} ask for a plan…`}
        </Button>
      ) : (
        <Button
          look="primary"
          icon="play"
          disabled={drain.drain.length > 0 || moves === 0}
          onClick={() => onOpen('drain')}
        >
          {`${isOpen ? 'Close and move' : 'Move'} ${moves}…`}
        </Button>
      )}
    </>
  );
}

/** Whether a plan of host_maintenance takes the place of the proven moves. */
const asksWatcher = ({ offered, warnings }: DrainView['way']): boolean => !offered && warnings.length > 0;

function leadOf(drain: DrainView, moves: number): string {
  const { host, closed, counts, run } = drain;
  if (isMoving(drain)) return run?.title ?? '';
  if (drain.maintenance !== null && isMaintained(drain)) return drain.maintenance.text;
  if (closed !== null && counts.all === 0) return `${host} is empty and closed.`;
  if (asksWatcher(drain.way))
    return closed === null ? `Closes ${host}, checks again, then asks Watcher for a plan.` : `${host} is closed.`;
  if (moves === 0) return closed === null ? `Closes ${host}.` : `${host} is closed.`;
  const then = `moves ${formatThings(moves, 'VM')}`;
  return closed === null ? `Closes ${host}, checks again, then ${then}.` : `Checks again, then ${then}.`;
}

type Said = { stays: string; first: string | null; moves: number };

function noteOf(drain: DrainView, { stays, first, moves }: Said): string {
  if (isMoving(drain)) return 'The server carries the moves out; closing this page changes nothing.';
  if (drain.closed !== null && drain.counts.all === 0) return first ?? 'Nothing moves back by itself.';
  if (isMaintained(drain)) return 'Nothing opens the host again: bring it back from here.';
  const [why] = drain.drain;
  if (drain.close.length > 0 && drain.closed === null) return first ?? '';
  if (asksWatcher(drain.way))
    return drain.maintain[0]?.text ?? 'Nothing moves before somebody starts that plan. Nothing is rolled back.';
  if (why !== undefined && moves > 0) return `${stays} The VMs can’t be moved from here: ${why.text}`.trim();
  return `${stays} If a new check finds a VM without a place, nothing moves and the host stays closed. Nothing is rolled back.`.trim();
}
