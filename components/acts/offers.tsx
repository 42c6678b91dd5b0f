'use client';

import { planAddress, plansAddress, runAddress } from '../figures/addresses';
import { Button, ButtonLink } from '../ui/button';
import { CopyLink } from '../ui/copy-link';
import type { BarState, Offer } from './bar-state';
import { Commands } from './commands-dialog';
import { type Teller, TellMe } from './tell-me';

/** What the bar can ask the page for. */
export type Ways = {
  retry: () => void;
  /** Unticks moves. */
  leaveOut: (keys: string[]) => void;
  /** Ticks everything. */
  takeAll: () => void;
  /** Commands that do the same in a terminal. */
  commands: () => string;
  teller: Teller;
};

type Props = { state: BarState; audit: string; plan: string; ways: Ways };

/** What else can be done, beside or instead of a start. */
export function Offers({ state, ...rest }: Props) {
  return state.offers.map((offer, at) => (
    <OneOffer key={offer} offer={offer} isFirst={at === 0} state={state} {...rest} />
  ));
}

type OneProps = Props & { offer: Offer; isFirst: boolean };

function OneOffer({ offer, isFirst, state, audit, plan, ways }: OneProps) {
  const look = isFirst ? 'primary' : 'plain';
  switch (offer) {
    case 'commands':
      return <Commands make={ways.commands} primary={isFirst} />;
    case 'copy-link':
      return <CopyLink path={planAddress(audit, plan)} label="Copy link for someone who may" />;
    case 'newer-plan':
      return state.planId === null ? null : (
        <ButtonLink look={look} href={planAddress(audit, state.planId)}>
          Open the newer plan
        </ButtonLink>
      );
    case 'plans-of-audit':
      return (
        <ButtonLink look={look} href={plansAddress(audit)}>
          Other plans of this audit
        </ButtonLink>
      );
    case 'how-it-ran':
      return <ButtonLink href={runAddress(audit, plan)}>How it ran</ButtonLink>;
    case 'doctor':
      return <ButtonLink href="/doctor/">Doctor</ButtonLink>;
    case 'retry':
      return (
        <Button look={look} icon="refresh" onClick={ways.retry}>
          Retry now
        </Button>
      );
    case 'watch':
      return (
        <ButtonLink look={look} icon="eye" href={runAddress(audit, plan)}>
          Watch
        </ButtonLink>
      );
    case 'take-all':
      return <Button onClick={ways.takeAll}>Tick all moves</Button>;
    case 'tell-me':
      return state.planId === null ? null : <TellMe planId={state.planId} name={rivalIn(state)} teller={ways.teller} />;
    case 'leave-out':
      return (
        <Button look={look} onClick={() => ways.leaveOut(state.moves)}>
          {state.moves.length === 1 ? 'Leave it out' : `Leave those ${state.moves.length} out`}
        </Button>
      );
  }
}

/** The name that the sentence about another plan begins with. */
const rivalIn = ({ lead, rest }: BarState): string =>
  /^(.*?) (?:is running|waits to run)/.exec(`${lead} ${rest}`)?.[1] ?? 'it';
