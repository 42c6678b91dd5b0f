/**
 * The ids of operations that read. Generated clients have a function of this name for each, so it begins with a verb; acts
 * have one already.
 */

/** Where the name of the endpoint would not read well after `get`. */
const VERBS: Record<string, string> = {
  auditList: 'listAudits',
  audits: 'getPromisedAudits',
  stats: 'getPromisedStats',
  sourceStatus: 'getPromisedSourceStatus',
  hosts: 'listHosts',
  hostServers: 'listHostServers',
  vms: 'listVms',
  plans: 'listPlans',
  auditPlans: 'listAuditPlans',
  delivered: 'listDelivered',
  repeatingAudits: 'listRepeatingAudits',
  outOfService: 'listOutOfService',
  acts: 'listActs',
  carefulRuns: 'listCarefulRuns',
  sources: 'listSources',
  regions: 'listRegions',
  problemTypes: 'listProblemTypes',
  compare: 'comparePlans',
  find: 'findByName',
  planCheck: 'checkPlan',
  newAuditCheck: 'checkNewAudit',
  openapi: 'getOpenApi',
};

/** @param name of an endpoint that is read */
export const operationOf = (name: string): string =>
  VERBS[name] ?? `get${name.charAt(0).toUpperCase()}${name.slice(1)}`;
