import type { z } from 'zod';
import { REGION_PARAMETER } from '@/lib/contract/choices';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { problemSchema } from '@/lib/contract/problem';
import { SECOND_MS } from '@/lib/units';

/** Asks the typed API, of a running instance or of this process. */

export type Question = { query?: Record<string, string | undefined>; params?: Record<string, string> };

type Answers = { [E in EndpointName]: z.output<(typeof ENDPOINTS)[E]['answer']> };

export type Answer<E extends EndpointName> = {
  /** As it was sent. */
  text: string;
  data: Answers[E];
};

/** The same rows, with types that the compiler can choose by name. */
const ROWS: { [E in EndpointName]: { path: string; answer: z.ZodType<Answers[E]> } } = ENDPOINTS;

/** @throws NoAnswer */
export type Ask = <E extends EndpointName>(endpoint: E, question?: Question) => Promise<Answer<E>>;

/** `path` with its query. */
export type Send = (path: string, endpoint: EndpointName, params: Record<string, string>) => Promise<Sent>;
export type Sent = { status: number; text: string; headers: Headers };

/** Why nothing can be shown, as a sentence for people. */
export class NoAnswer extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NoAnswer';
  }
}

export type Waiting = {
  /** For how long an answer is waited for that is still being made; ms. */
  patienceMs: number;
  clock: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Id of the region that is asked about; the default one without. */
  region?: string;
};

const PAUSE_MS = SECOND_MS;

/** @throws NoAnswer for every failure, also if the first reading of the cloud takes longer than `patienceMs` */
export function openAsk(send: Send, { patienceMs, clock, sleep, region }: Waiting): Ask {
  const ofRegion = { [REGION_PARAMETER]: region };
  return async (endpoint, { query = {}, params = {} } = {}) => {
    const { path: template, answer } = ROWS[endpoint];
    const given = Object.entries({ ...query, ...ofRegion }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    const search = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
    const path = `${template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}${search}`;
    const until = clock() + patienceMs;
    for (let isRead = false; ; ) {
      const sent = await send(path, endpoint, params);
      const problem = sent.status === 503 ? problemOf(sent.text) : null;
      const isWaiting = problem?.type.includes('/first-reading/') ?? false;
      const isPart = sent.headers.get('x-data-state') === 'partial' && !isRead;
      if (!isWaiting && !isPart) return { text: sent.text, data: read(answer, sent) };
      // A part may also be all there is, if a source fails: then it is the same when it is asked for again.
      isRead = !isWaiting && (await isAllRead());
      if (isRead) continue;
      if (clock() + PAUSE_MS > until)
        throw new NoAnswer(problem?.detail ?? 'The first reading of the cloud is not complete.');
      await sleep(PAUSE_MS);
    }
  };

  async function isAllRead(): Promise<boolean> {
    const { path, answer } = ROWS.progress;
    const search = region === undefined ? '' : `?${new URLSearchParams({ [REGION_PARAMETER]: region })}`;
    return read(answer, await send(`${path}${search}`, 'progress', {})).progress === null;
  }
}

function read<T>(schema: z.ZodType<T>, { status, text }: Sent): T {
  if (status !== 200) throw new NoAnswer(problemOf(text)?.detail ?? `Watcher Visio answers with status ${status}.`);
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new NoAnswer('The answer is not in the form that this version knows: the instance may be of another version.');
}

function problemOf(text: string) {
  const parsed = problemSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
