import 'server-only';
import type { z } from 'zod';
import type { ACT_ENDPOINTS, ActEndpointName } from '@/lib/contract/act-endpoints';
import { abortAct } from './abort-act';
import type { Act } from './act';
import { archiveAct, cancelAct, skipAct } from './plan-acts';
import { startAct } from './start-act';

type ActName = Exclude<ActEndpointName, 'actingSignIn'>;

/** Every act. The compiler asks for the row of a new endpoint; nothing else in this product changes a cloud. */
export const ACTS: { [Name in ActName]: Act<z.output<(typeof ACT_ENDPOINTS)[Name]['body']>> } = {
  startPlan: startAct,
  cancelPlan: cancelAct,
  archivePlan: archiveAct,
  skipAction: skipAct,
  abortMove: abortAct,
};
