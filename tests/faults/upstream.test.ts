import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PREFIXES, type ServiceName } from '@/lib/simulation/wire';
import { SERVICES } from './kinds';
import { look, openWorld } from './world';

/** Whatever JSON a service answers, the answers stay answers: numbers finite, errors typed, nothing crashes. */
const RUNS = { seed: 20261124, numRuns: 12 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const anyJson = fc.jsonValue({ maxDepth: 2 });
/** Where in an answer something is put in the place of what was there: a number for each step down. */
const place = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 8 });

/** The value with another one at the place that the steps lead to. */
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

async function lookWith(service: ServiceName, change: (json: unknown) => unknown) {
  const world = openWorld(false);
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

describe.each(SERVICES)('%s', (service) => {
  it('may answer any JSON at all', async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, async (json) => expectSane(await lookWith(service, () => json))),
      RUNS,
    );
  });

  it('may put anything in the place of anything', async () => {
    await fc.assert(
      fc.asyncProperty(place, anyJson, async (steps, json) =>
        expectSane(await lookWith(service, (answer) => replaceAt(answer, steps, json))),
      ),
      RUNS,
    );
  });
});
