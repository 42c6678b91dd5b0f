import type { Refusal } from '@/lib/contract/v1/acts';
import { refusal } from '../acts/refusal';
import type { CarefulRun } from './careful-run';

/** Why a careful run can't be paused, gone on with or ended; empty if it can. */

export const refusePause = ({ state }: CarefulRun): Refusal[] =>
  state === 'running' ? [] : [refusal('wrong-state', `This run is ${state}.`)];

export const refuseResume = ({ state }: CarefulRun): Refusal[] =>
  state === 'paused' ? [] : [refusal('wrong-state', `Only a run that is paused can go on; this one is ${state}.`)];

export const refuseEnd = ({ state }: CarefulRun): Refusal[] =>
  state === 'ended' ? [refusal('wrong-state', 'This run has ended already.')] : [];
