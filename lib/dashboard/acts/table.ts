import 'server-only';
import type { z } from 'zod';
import type { ACT_ENDPOINTS, ActEndpointName } from '@/lib/contract/act-endpoints';
import { abortAct } from './abort-act';
import type { Act } from './act';
import { askFirstAct } from './ask-first-act';
import { archiveAuditAct, endAct, intervalAct, resumeAct, suspendAct } from './audit-acts';
import { beginCarefulAct, endCarefulAct, pauseCarefulAct, resumeCarefulAct } from './careful-acts';
import { createAuditAct } from './create-audit-act';
import { drainAct } from './drain-act';
import { closeAct, openAct } from './host-acts';
import { maintainAct } from './maintain-act';
import { markAct, unmarkAct } from './mark-acts';
import { archiveAct, cancelAct, skipAct } from './plan-acts';
import { startAct } from './start-act';
import { makeStepAct, startStepAct } from './step-acts';

type ActName = Exclude<ActEndpointName, 'actingSignIn'>;

/** Every act. The compiler asks for the row of a new endpoint; nothing else in this product changes a cloud. */
export const ACTS: { [Name in ActName]: Act<z.output<(typeof ACT_ENDPOINTS)[Name]['body']>> } = {
  startPlan: startAct,
  beginCareful: beginCarefulAct,
  pauseCareful: pauseCarefulAct,
  resumeCareful: resumeCarefulAct,
  endCareful: endCarefulAct,
  cancelPlan: cancelAct,
  archivePlan: archiveAct,
  skipAction: skipAct,
  abortMove: abortAct,
  createAudit: createAuditAct,
  suspendAudit: suspendAct,
  resumeAudit: resumeAct,
  endAudit: endAct,
  askFirst: askFirstAct,
  changeInterval: intervalAct,
  archiveAudit: archiveAuditAct,
  closeHost: closeAct,
  drainHost: drainAct,
  maintainHost: maintainAct,
  openHost: openAct,
  markServer: markAct,
  unmarkServer: unmarkAct,
};

/** Acts that no endpoint leads to: the steps of careful runs. */
const OWN_ACTS = [makeStepAct, startStepAct];

/** Finds out what became of an act. */
export const settlerOf = (name: string): Pick<Act<never>, 'settle'> | undefined =>
  [...Object.values(ACTS), ...OWN_ACTS].find((act) => act.name === name);
