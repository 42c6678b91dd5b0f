import 'server-only';
import { withBase } from '@/lib/base-path';
import { type EXPORT_FORMATS, REGION_PARAMETER } from '@/lib/contract/choices';
import type { PlanReview } from '@/lib/contract/v1/review';
import type { RegionId } from '../process/region';
import { defaultRegion } from '../sources/regions';
import { asAttachment, CSV_TYPE } from './csv-file';
import type { Answer } from './serve';
import { weightsOf } from './weights';

/** The export of a plan as a file of its own, for the query `format` and the header Accept. */

type Format = Exclude<(typeof EXPORT_FORMATS)[number], 'json'>;

const FILES: Record<Format, { type: string; ending: string }> = {
  csv: { type: CSV_TYPE, ending: 'csv' },
  markdown: { type: 'text/markdown; charset=utf-8', ending: 'md' },
  commands: { type: 'text/x-shellscript; charset=utf-8', ending: 'sh' },
};

/** @param planId UUID */
export function exportFile(
  text: string,
  format: Format,
  planId: string,
): Pick<Answer, 'body' | 'contentType' | 'headers'> {
  const { type, ending } = FILES[format];
  // From the cloud, and part of a header.
  const name = `plan-${planId.slice(0, 8).replace(/[^\w-]/g, '')}.${ending}`;
  return {
    body: [text],
    contentType: type,
    headers: [asAttachment(name)],
  };
}

type Handler<C> = (request: Request, context: C) => Promise<Response>;

/** Takes the format from Accept if the query has none. What follows depends on the address only. */
export function withFormats<C>(answer: Handler<C>): Handler<C> {
  return async (request, context) => {
    const url = new URL(request.url);
    const wanted = url.searchParams.has('format') ? null : namedFormat(request.headers.get('accept'));
    if (wanted !== null) url.searchParams.set('format', wanted);
    const response = await answer(wanted === null ? request : new Request(url, request), context);
    response.headers.append('vary', 'Accept');
    return response;
  };
}

const FORMATS: Record<string, Format> = {
  'text/csv': 'csv',
  'text/markdown': 'markdown',
  'text/x-shellscript': 'commands',
};

/** The one of our media types that the client likes best, of equal ones the first that it names; null for JSON. */
export function namedFormat(accept: string | null): Format | null {
  const weights = weightsOf(accept ?? '');
  const anything = weights.get('application/json') ?? weights.get('application/*') ?? weights.get('*/*') ?? 0;
  const named = [...weights].filter(([type]) => Object.hasOwn(FORMATS, type) || type === 'application/json');
  const most = Math.max(0, ...named.map(([, weight]) => weight));
  const best = named.find(([, weight]) => weight === most)?.[0];
  return best === undefined || most === 0 || anything > most ? null : (FORMATS[best] ?? null);
}

/** The page of the review, without a server: the Host header must not reach an answer that is kept. */
export function pageOf(
  { audit, plan }: PlanReview,
  { region, query }: { region: RegionId; query: Record<string, string | undefined> },
): string {
  const named = region === defaultRegion().id ? query : { ...query, [REGION_PARAMETER]: region };
  const given = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const page = withBase(`/audits/${encodeURIComponent(audit.id)}/plans/${encodeURIComponent(plan.id)}/`);
  return given.length === 0 ? page : `${page}?${new URLSearchParams(given)}`;
}
