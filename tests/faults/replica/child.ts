import { keepJournal } from '@/lib/dashboard/acts/upkeep';
import { carryOn } from '@/lib/dashboard/careful/engine';
import { ACT_ANSWERS } from '@/lib/dashboard/http/act-answers';
import { defaultRegion } from '@/lib/dashboard/sources/regions';
import { theStore } from '@/lib/dashboard/sources/store';
import { forgetProcessWide, processWide } from '@/lib/process-wide';
import type { Store } from '@/lib/store/store';
import type { Asked, Replied } from './replica';

/**
 * A server of acts in a process of its own, without the pages: requests come from its parent. With DIE_AFTER it kills itself,
 * as `kill -9` does, right after the store has done that: `intent`, or `intent 3` for the third of them. With CLOCK_AHEAD_MS its
 * clock is ahead.
 */

const now = Date.now;
let aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
Date.now = () => now() + aheadMs;

const [LAST = '', COUNT = '1'] = (process.env.DIE_AFTER ?? '').split(' ');
let left = Number(COUNT);

function die<T>(step: string, done: T): T {
  if (LAST === step && --left === 0) process.kill(process.pid, 'SIGKILL');
  return done;
}

function dieInStore(): void {
  const store = theStore();
  if (store === null) throw new Error('There is no store: set DATA_DIR or DATABASE_URL.');
  forgetProcessWide('store');
  const { journal, turns, carefulRuns } = store;
  processWide(
    'store',
    (): Store => ({
      ...store,
      journal: {
        ...journal,
        addIntent: async (intent) => die('intent', await journal.addIntent(intent)),
        addOutcome: async (outcome) => die('outcome', await journal.addOutcome(outcome)),
      },
      turns: {
        ...turns,
        claim: async (digest, body, act) => die('claim', await turns.claim(digest, body, act)),
        take: async (object, act) => die('turn', await turns.take(object, act)),
      },
      carefulRuns: {
        ...carefulRuns,
        add: async (run) => die('run', await carefulRuns.add(run)),
        change: async (run) => die('change', await carefulRuns.change(run)),
      },
    }),
  );
}

async function reply({ id, name, url, headers, params, body, now: wanted }: Asked): Promise<Replied> {
  if (wanted !== undefined) aheadMs = wanted - now();
  if (name === 'keep' || name === 'carry') {
    await (name === 'keep' ? keepJournal() : carryOn(defaultRegion().id));
    return { id, status: 200, text: '{}' };
  }
  const request = new Request(url, { method: 'POST', headers, body });
  const response = await ACT_ANSWERS[name](request, { params: Promise.resolve(params) });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  return { id, status: response.status, text: await response.text(), cookie };
}

dieInStore();
process.on('message', (asked: Asked) => {
  void reply(asked).then((replied) => process.send?.(replied));
});
process.send?.('ready');
