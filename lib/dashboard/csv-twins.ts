import 'server-only';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import type { Handler } from './handlers';
import { serveActsCsv } from './http/acts-csv';
import { serveCapacityCsv } from './http/capacity-csv';
import { namedFormat } from './http/export-formats';
import { serveHostsCsv } from './http/hosts-csv';
import { serveForecastCsv, serveHostFailuresCsv, serveMovesCsv } from './http/planning-csv';
import { servePlansCsv } from './http/plans-csv';
import { RequestError, refuse } from './http/problems';
import { serveRepeatingCsv } from './http/repeating-csv';
import { serveVmsCsv } from './http/vms-csv';

/** Lists that are a file of CSV at another address are one for `Accept: text/csv`, too. */

type Twin = {
  serve: (request: Request) => Promise<Response>;
  /** Parameters that a request without any of them has, where the defaults of the two differ. */
  defaults?: Record<string, string>;
};

const TWINS: Partial<Record<EndpointName, Twin>> = {
  hosts: { serve: serveHostsCsv, defaults: { sort: 'name', order: 'asc' } },
  vms: { serve: serveVmsCsv },
  plans: { serve: servePlansCsv },
  capacity: { serve: serveCapacityCsv },
  hostFailures: { serve: serveHostFailuresCsv },
  forecast: { serve: serveForecastCsv },
  activity: { serve: serveMovesCsv },
  repeatingAudits: { serve: serveRepeatingCsv },
  acts: { serve: serveActsCsv },
};

/** A file has every row. */
const PAGING = ['limit', 'offset', 'since'];

/** Adds CSV to the answers that have a twin. */
export function withCsv(answers: Record<EndpointName, Handler>): Record<EndpointName, Handler> {
  const twins = Object.entries(TWINS).map(([name, twin]) => {
    // The keys of a table are the names of endpoints.
    const known = name as EndpointName;
    return [known, orCsv(answers[known], { ...twin, path: ENDPOINTS[known].csv ?? '' })];
  });
  return { ...answers, ...Object.fromEntries(twins) };
}

/** The twin is asked by its own address, by which its answer is kept. */
function orCsv(answer: Handler, { path, serve, defaults = {} }: Twin & { path: string }): Handler {
  const serveCsv = async (request: Request) => {
    const { searchParams } = new URL(request.url);
    const paging = PAGING.find((name) => searchParams.has(name));
    if (paging !== undefined) {
      const detail = `CSV has every row that matches: leave out ${paging}.`;
      return refuse(new RequestError('invalid-parameter', detail, paging));
    }
    const isSorted = Object.keys(defaults).some((name) => searchParams.has(name));
    const url = new URL(path, request.url);
    url.search = String(new URLSearchParams([...searchParams, ...Object.entries(isSorted ? {} : defaults)]));
    return serve(new Request(url, request));
  };
  return async (request, context) => {
    const wantsCsv = namedFormat(request.headers.get('accept')) === 'csv';
    const response = await (wantsCsv ? serveCsv(request) : answer(request, context));
    response.headers.append('vary', 'Accept');
    return response;
  };
}
