import type { z } from 'zod';
import { noQuerySchema } from './query';

/** The groups of the OpenAPI document. */
type Tag = 'promised' | 'capacity' | 'hosts' | 'vms' | 'audits' | 'plans' | 'acts' | 'operation';

export type Endpoint = {
  path: string;
  summary: string;
  /** More than the summary says. */
  description: string;
  tag: Tag;
  /** What may not exist (404); null if nothing can be missing. */
  missing: string | null;
  answer: z.ZodType;
  query: z.ZodObject;
  /** Media types that the answer may have instead of JSON. */
  files: string[];
  /** The address of the same list as a file of CSV; null if there is none. `Accept: text/csv` gets it as well. */
  csv: string | null;
  /** Descriptions of the path parameters, by name. */
  params: Record<string, string>;
  /** The response describes its data in the headers Age, X-Data-State and X-Data-Unknown. */
  quality: boolean;
  /** The response has the total number of items in X-Total-Count. */
  counted: boolean;
};

type More<Q> = Partial<Omit<Endpoint, 'query' | 'path' | 'summary' | 'answer'>> & { query?: Q };

export const endpoint = <A extends z.ZodType, Q extends z.ZodObject = typeof noQuerySchema>(
  path: string,
  [tag, summary, description]: [tag: Tag, summary: string, description: string],
  { answer, ...more }: { answer: A } & More<Q>,
) => ({
  path,
  tag,
  summary,
  description,
  answer,
  missing: more.missing ?? null,
  files: more.files ?? [],
  csv: more.csv ?? null,
  params: more.params ?? {},
  quality: more.quality ?? true,
  counted: more.counted ?? false,
  // Without a query, Q is the type of the schema for none.
  query: (more.query ?? noQuerySchema) as Q,
});
