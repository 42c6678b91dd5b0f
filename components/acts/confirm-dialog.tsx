'use client';

import { useState } from 'react';
import type { Permission } from '@/lib/contract/v1/acts';
import { useTick } from '../live/live-refresh';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { IconName } from '../ui/icon';
import { usePages } from '../ui/use-pages';
import { Fields, Foot, Line, Lines, Part } from './decision';
import { Field } from './field';
import { ProofFields } from './proof-fields';
import { missingProof, NO_PROOF, type Proof, useActing } from './use-acting';
import { WhyField } from './why-field';

/** An act that two clicks decide. */
export type Confirmed = {
  title: string;
  /** Over the lines. */
  heading: string;
  /** What it will do, a sentence each. */
  lines: string[];
  /** On the button that does it, and on the one that does not. */
  does: string;
  keeps: string;
  icon: IconName;
  address: string;
  needsReason: boolean;
  /** What is sent besides the reason. */
  body?: Record<string, unknown>;
  /** Words to type before it, for what nobody should do by mistake; sent as `confirm`. */
  words?: string;
  /** Something else to fill in, sent under its name. */
  asks?: { name: string; label: string; note: string; initial: string };
  /** What follows once it is done, instead of reading the page again. */
  onDone?: () => void;
  /** Where the page goes afterwards; it stays without one. */
  leadsTo?: string;
};

type Props = { open: boolean; onClose: () => void; act: Confirmed; permission: Permission };

/** Says what an act will do, and does it: no typing, unless the password or a reason is needed. */
export function ConfirmDialog({ open, onClose, act, permission }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={act.title} wide>
      <Decision act={act} permission={permission} onClose={onClose} />
    </Dialog>
  );
}

function Decision({ act, permission, onClose }: Omit<Props, 'open'>) {
  const pages = usePages();
  const { refresh } = useTick();
  const acting = useActing();
  const [reason, setReason] = useState('');
  const [proof, setProof] = useState<Proof>(NO_PROOF);
  const [typed, setTyped] = useState('');
  const [answer, setAnswer] = useState(act.asks?.initial ?? '');
  const [openedAt] = useState(() => Date.now());
  const left = [
    act.needsReason && reason.trim() === '' ? 'the reason' : null,
    act.asks === undefined || answer.trim() !== '' ? null : act.asks.label.toLowerCase(),
    act.words === undefined || typed.trim() === act.words ? null : 'the words',
    ...missingProof(permission, openedAt, { ...proof, wantsCode: acting.wantsCode }),
  ].filter((part) => part !== null);

  async function confirm() {
    const body = {
      ...act.body,
      ...(act.asks === undefined ? {} : { [act.asks.name]: answer.trim() }),
      ...(act.words === undefined ? {} : { confirm: act.words }),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    };
    const done = await acting.act<unknown>(act.address, body, { permission, given: proof });
    if (done === null) return;
    onClose();
    if (act.onDone) act.onDone();
    else if (act.leadsTo === undefined) void refresh();
    else pages.push(act.leadsTo);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (left.length === 0) void confirm();
      }}
    >
      <Part heading={act.heading}>
        <Lines>
          {act.lines.map((line) => (
            <Line key={line}>{line}</Line>
          ))}
        </Lines>
      </Part>
      <Part>
        <Fields>
          <WhyField needed={act.needsReason} value={reason} onChange={setReason} />
          {act.asks === undefined ? null : (
            <Field
              label={act.asks.label}
              note={act.asks.note}
              name={act.asks.name}
              autoComplete="off"
              value={answer}
              onChange={({ target }) => setAnswer(target.value)}
            />
          )}
          {act.words === undefined ? null : (
            <Field
              label={`Type “${act.words}”`}
              name="words"
              autoComplete="off"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
          <ProofFields
            permission={permission}
            now={openedAt}
            wantsCode={acting.wantsCode}
            proof={proof}
            onChange={setProof}
          />
        </Fields>
      </Part>
      <Foot problem={acting.problem} left={left.length === 0 ? '' : `Left: ${left.join(', ')}`}>
        <Button onClick={onClose}>{act.keeps}</Button>
        <Button type="submit" look="primary" icon={act.icon} disabled={left.length > 0 || acting.isBusy}>
          {acting.isBusy ? 'Sending…' : act.does}
        </Button>
      </Foot>
    </form>
  );
}
