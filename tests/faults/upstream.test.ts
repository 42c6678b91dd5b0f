import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { PREFIXES, type ServiceName } from '@/lib/simulation/wire';
import { SERVICES } from './kinds';
import { look, openWorld } from './world';

/** Whatever JSON a service answers, our answers stay valid: numbers are finite, errors are typed, nothing crashes. */
const RUNS = { seed: 20261124, numRuns: 12 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const anyJson = fc.jsonValue({ maxDepth: 2 });
/** The path of a value to replace in an answer: a number for each step down. */
const place = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 8 });

/** The value with the part at this path replaced. */
function replaceAt(value: unknown, [step, ...rest]: number[], other: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  if (entries.length === 0) return other;
  const at = step % entries.length;
  const changed = entries.map(([key, inner], position) => [
    key,
    position === at ? replaceAt(inner, rest, other) : inner,
  ]);
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

async function lookWith(service: ServiceName, change: (json: unknown) => unknown, all = false) {
  const world = openWorld(all);
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await real(url, init);
    if (!new URL(url).pathname.startsWith(PREFIXES[service])) return response;
    const body = JSON.stringify(change(await response.json()));
    return new Response(body, { status: response.status, headers: response.headers });
  });
  return { seen: await look(world), log: world.log() };
}

function expectSane({ seen, log }: Awaited<ReturnType<typeof lookWith>>): void {
  for (const { name, status, text } of seen.answers) {
    expect([200, 404, 503], `${name} ${text.slice(0, 300)}`).toContain(status);
    if (name !== 'metrics') expect(text).not.toMatch(/\b(NaN|Infinity)\b/);
  }
  expect(log).not.toMatch(/"level":"(error|fatal)"/);
}

/** Numbers that code may not expect; Prometheus writes them as text, including some that JSON does not have. */
const NUMBERS = [0, -1, -0.5, 0.1, 1, 1e-320, 2 ** 31, 2 ** 53, 1e30, 1e308, -1e308];
const oddNumber = fc.constantFrom(...NUMBERS);
const oddText = fc.constantFrom(...NUMBERS.map(String), 'NaN', '+Inf', '-Inf', '', 'x');

/** Replaces every nth number in an answer, including Prometheus' measurements but not its times. */
function replaceNumbers(answer: unknown, { every, number, text }: { every: number; number: number; text: string }) {
  let seen = 0;
  const isTurn = () => seen++ % every === 0;
  const walk = (value: unknown): unknown => {
    if (typeof value === 'number') return isTurn() ? number : value;
    if (typeof value !== 'object' || value === null) return value;
    if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
    const [at, measured] = value;
    const isPoint = value.length === 2 && typeof at === 'number' && typeof measured === 'string';
    return isPoint ? [at, isTurn() ? text : measured] : value.map(walk);
  };
  return walk(answer);
}

/** Checks numbers by the names of their fields: scores are 0 to 100, totals and capacities not negative. */
function expectSaneNumbers(name: string, value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    const here = `${name} ${path}.${key}`;
    if (typeof one === 'number') {
      if (/^(score|overall|score_now|score_after)$/.test(key))
        expect(one >= 0 && one <= 100, `${here}: ${one}`).toBe(true);
      if (/^(total|capacity|reserved)$/.test(key)) expect(one, here).toBeGreaterThanOrEqual(0);
    }
    expectSaneNumbers(name, one, `${path}.${key}`);
  }
}

function expectContract(answers: Awaited<ReturnType<typeof lookWith>>['seen']['answers']): void {
  for (const { name, status, text } of answers) {
    if (status !== 200 || !Object.hasOwn(ENDPOINTS, name)) continue;
    const json = JSON.parse(text);
    const { error } = ENDPOINTS[name as EndpointName].answer.safeDecode(json); // Asked a line above.
    expect(error?.issues ?? [], `${name} against its contract`).toEqual([]);
    expectSaneNumbers(name, json, '');
  }
}

describe.each(SERVICES)('%s', (service) => {
  it('may answer any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, async (json) => expectSane(await lookWith(service, () => json))),
      RUNS,
    );
  });

  it('may have any value replaced by any other', async () => {
    await fc.assert(
      fc.asyncProperty(place, anyJson, async (steps, json) =>
        expectSane(await lookWith(service, (answer) => replaceAt(answer, steps, json))),
      ),
      RUNS,
    );
  });

  it('may answer any numbers, and all our answers still match their contract', async () => {
    const change = fc.record({ every: fc.integer({ min: 1, max: 7 }), number: oddNumber, text: oddText });
    await fc.assert(
      fc.asyncProperty(change, async (given) => {
        const looked = await lookWith(service, (answer) => replaceNumbers(answer, given), true);
        expectSane(looked);
        expectContract(looked.seen.answers);
      }),
      { ...RUNS, numRuns: 20 },
    );
  });
});
