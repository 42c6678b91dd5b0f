import 'server-only';
import { BASE_PATH, withBase } from '@/lib/base-path';
import { ACT_ENDPOINTS } from '@/lib/contract/act-endpoints';
import type { Endpoint } from '@/lib/contract/endpoint';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { describeApi } from '@/lib/contract/openapi';
import { type ApiIndex, OTHER_ENDPOINTS } from '@/lib/contract/other-endpoints';
import { describeProblem, PROBLEM_NAMES, type ProblemKind, type ProblemName } from '@/lib/contract/problem';
import { RequestError } from './problems';
import { serveDocument } from './serve';

/** What the API says about itself. */

/** GET /api/openapi.json */
export const serveOpenApi = (request: Request, version: string): Promise<Response> =>
  serveDocument(request, () => describeApi(version, BASE_PATH));

/** GET /api/ */
export const serveIndex = (request: Request, version: string): Promise<Response> =>
  serveDocument(request, () => describeIndex(version));

/** GET /api/problems/ */
export const serveProblemKinds = (request: Request): Promise<Response> =>
  serveDocument(request, () => ({ problems: PROBLEM_NAMES.map(describeKind) }));

/** GET /api/problems/{problem}/ */
export async function serveProblemKind(request: Request, context: Context): Promise<Response> {
  const { problem } = await context.params;
  return serveDocument(request, () => {
    const name = PROBLEM_NAMES.find((known) => known === problem);
    if (name === undefined)
      throw new RequestError('not-found', `No problem has this name. ${withBase(PROBLEMS_PATH)} lists them all.`);
    return describeKind(name);
  });
}

function describeKind(name: ProblemName): ProblemKind {
  const { type, ...kind } = describeProblem(name);
  return { type: withBase(type), ...kind };
}

type Context = { params: Promise<{ problem: string }> };

const PROBLEMS_PATH = '/api/problems/';

function describeIndex(version: string): ApiIndex {
  const endpoints: ApiIndex['endpoints'] = [
    ...Object.values<Endpoint>(ENDPOINTS).map(({ path, summary, query, csv }) => ({
      path: withBase(path),
      method: 'GET' as const,
      summary,
      parameters: Object.keys(query.shape),
      csv: csv && withBase(csv),
    })),
    ...Object.values(ACT_ENDPOINTS).map(({ path, summary }) => ({
      path: withBase(path),
      method: 'POST' as const,
      summary,
      parameters: [],
      csv: null,
    })),
    ...OTHER_ENDPOINTS.map(({ path, method, summary }) => ({
      path: withBase(path),
      method,
      summary,
      parameters: [],
      csv: null,
    })),
  ];
  return {
    name: 'Watcher Visio',
    version,
    openapi: withBase('/api/openapi.json'),
    docs: withBase('/docs/api/'),
    problems: withBase(PROBLEMS_PATH),
    endpoints,
  };
}
