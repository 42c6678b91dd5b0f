import type { z } from 'zod';
import type { ACT_ENDPOINTS, ActEndpointName } from './act-endpoints';

/** A body for each act, for the OpenAPI document. A test holds them against the schemas. */

const REASON = { reason: 'Hot hosts before the peak' };
const SEEN = { seen: 'Wk3vN1qGd7sTz0Yb', ...REASON };
const BACK_BY = { back_by: '2026-12-01T06:00:00Z' };
const VM = '3f0c2a5e-7d41-4b0e-9a66-0f6f5a1c2d3e';

type Bodies = { [Name in ActEndpointName]: z.input<(typeof ACT_ENDPOINTS)[Name]['body']> };

export const EXAMPLE_BODIES: Bodies = {
  startPlan: { ...SEEN, vms: 4, off: '2' },
  beginCareful: { ...SEEN, vms: 4, measure_minutes: 5 },
  pauseCareful: REASON,
  resumeCareful: REASON,
  endCareful: REASON,
  cancelPlan: REASON,
  archivePlan: REASON,
  skipAction: REASON,
  abortMove: REASON,
  createAudit: {
    settings: {
      name: 'balance-nightly',
      strategy: 'workload_balance',
      type: 'CONTINUOUS',
      interval: '0 2 * * *',
      parameters: { threshold: 70 },
    },
    ...REASON,
  },
  suspendAudit: REASON,
  resumeAudit: REASON,
  endAudit: REASON,
  askFirst: REASON,
  changeInterval: { interval: '3600', ...REASON },
  archiveAudit: REASON,
  closeHost: { ...SEEN, ...BACK_BY },
  drainHost: {
    ...SEEN,
    ...BACK_BY,
    vms: 1,
    moves: [{ vm_id: VM, destination: 'cmp-r01-02', live: true }],
    stays: [],
  },
  maintainHost: { ...SEEN, ...BACK_BY, vms: 1, takes: [VM] },
  openHost: SEEN,
  markServer: REASON,
  unmarkServer: REASON,
  actingSignIn: { password: 'the password again' },
};
