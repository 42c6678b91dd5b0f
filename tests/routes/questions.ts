import type { EndpointName } from '@/lib/contract/endpoints';
import type { Simulation } from '@/lib/simulation/simulation';

const NEW_AUDIT = JSON.stringify({ name: 'x', strategy: 'workload_balance', type: 'ONESHOT', parameters: {} });

/** Stands for the id of a VM, which the cloud has only once it is served. */
const FIRST_VM = 'the first VM';
/** A question that each endpoint has an answer to, in every simulated cloud of at least 24 hosts. */
export const QUESTIONS: [EndpointName, Record<string, string>, string?][] = [
  ['stats', {}],
  ['audits', {}],
  ['sourceStatus', {}],
  ['overview', {}],
  ['capacity', {}, '?vcpus=4&ram_mib=8192'],
  ['hostFailures', {}, '?hosts=cmp-r01-01'],
  ['forecast', {}],
  ['hosts', {}],
  ['outOfService', {}],
  ['host', { name: 'cmp-r01-01' }],
  ['hostHistory', { name: 'cmp-r01-01' }],
  ['hostServers', { name: 'cmp-r01-01' }],
  ['hostDrain', { name: 'cmp-r01-01' }],
  ['vms', {}, '?q=cmp-r01-01'],
  ['vm', { id: FIRST_VM }],
  ['find', {}, '?q=web'],
  ['auditList', {}],
  ['audit', { id: 'stabilize-production' }],
  ['plans', {}],
  ['auditPlans', { id: 'balance-every-10-min' }],
  ['reviewSummary', { id: 'half-outdated' }],
  ['planReview', { id: 'half-outdated', plan: 'newest' }],
  ['planExport', { id: 'half-outdated', plan: 'newest' }],
  ['planRun', { id: 'by-hand', plan: 'newest' }],
  ['compare', {}, '?left=stabilize-production&right=consolidate-night'],
  ['activity', {}],
  ['delivered', {}],
  ['planCheck', { id: 'half-outdated', plan: 'newest' }, '?off=1'],
  ['newAudit', {}, '?like=stabilize-production'],
  ['newAuditCheck', {}, `?settings=${encodeURIComponent(NEW_AUDIT)}`],
  ['auditProgress', { id: 'stabilize-production' }],
  ['repeatingAudits', {}],
  ['acts', {}],
  ['carefulRuns', {}],
  ['permission', {}],
  ['doctor', {}],
  ['regions', {}],
  ['progress', {}],
  ['sources', {}],
];

/** The path parameters of a question in this cloud. */
export const fillIn = (params: Record<string, string>, { cloud }: Simulation): Record<string, string> =>
  params.id === FIRST_VM ? { ...params, id: cloud.servers[0]?.id ?? '' } : params;
