import { describe, expect, it } from 'vitest';
import { openAsk, type Sent } from '@/lib/cli/ask';

/** What the command line does with answers that are not complete yet. The last answer is repeated. */

const FIRST = {
  type: '/api/problems/first-reading/',
  title: 'First reading in progress',
  status: 503,
  detail: 'Still reading.',
  request_id: null,
};
const PROGRESS = { servers_read: 1, servers_total: 2, seconds_left: null, since: '2026-11-28T00:00:00.000Z' };
const SOURCES = { sources: [] };

const sent = (status: number, body: unknown, headers: Record<string, string> = {}): Sent => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  headers: new Headers(headers),
});
const partial = sent(200, SOURCES, { 'x-data-state': 'partial' });
const complete = sent(200, { sources: [] }, { 'x-data-state': 'fresh' });

function open(answers: Sent[], progress: unknown[] = [null]) {
  const asked: string[] = [];
  let now = 0;
  const next = <T>(list: T[]): T => {
    const [first] = list.length > 1 ? list.splice(0, 1) : list;
    if (first === undefined) throw new Error('nothing to answer');
    return first;
  };
  const ask = openAsk(
    async (path, endpoint) => {
      asked.push(path);
      return endpoint === 'progress' ? sent(200, { progress: next(progress) }) : next(answers);
    },
    {
      patienceMs: 10_000,
      clock: () => now,
      sleep: async (ms) => {
        now += ms;
      },
    },
  );
  return { ask, asked, waited: () => now };
}

describe('a question of the command line', () => {
  it('has its parameters in the address, without those that are not set', async () => {
    const { ask, asked } = open([sent(404, { ...FIRST, status: 404, detail: 'No such host.' })]);
    const question = { params: { id: 'a/b', plan: 'c' }, query: { off: '1-2', to: undefined } };
    await expect(ask('planReview', question)).rejects.toThrow('No such host.');
    expect(asked).toEqual(['/api/v1/audits/a%2Fb/plans/c/review/?off=1-2']);
  });

  it('is asked again while the first reading goes on, until patience ends', async () => {
    const { ask, waited } = open([sent(503, FIRST), sent(503, FIRST), complete]);
    await ask('sources');
    expect(waited()).toBe(2_000);
    const endless = open([sent(503, FIRST)]);
    await expect(endless.ask('sources')).rejects.toThrow('Still reading.');
    expect(endless.waited()).toBeLessThanOrEqual(10_000);
  });

  it('is asked again if the answer was a part and all is read by now', async () => {
    const { ask, asked } = open([partial, partial, complete], [PROGRESS, null]);
    expect((await ask('sources')).text).toBe(complete.text);
    expect(asked).toHaveLength(5);
  });

  it('takes a part if there is no more, as when a source fails', async () => {
    const { ask, waited } = open([partial]);
    expect((await ask('sources')).text).toBe(partial.text);
    expect(waited()).toBe(0);
  });

  it.each([
    [sent(502, '<html>'), 'Watcher Visio answers with status 502.'],
    [sent(200, '<html>'), 'not in the form that this version knows'],
    [sent(200, { sources: 1 }), 'not in the form that this version knows'],
  ])('says what is wrong with an answer that it can’t read', async (answer, sentence) => {
    await expect(open([answer]).ask('sources')).rejects.toThrow(sentence);
  });
});
