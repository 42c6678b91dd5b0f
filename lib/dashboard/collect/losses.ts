import 'server-only';
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';
import type { Crowd } from '@/lib/domain/capacity/crowd';
import { findLosses, type Losses, type LossQuestion } from '@/lib/domain/capacity/losses';
import { processWide } from '@/lib/process-wide';
import { inSteps } from '@/lib/yield';
import { describeError, log } from '../process/log';

/**
 * What becomes of VMs if hosts fail: a second of work for a thousand hosts. It is done in a thread of its own, and only if
 * hosts, VMs or rules have changed since the last time.
 */

/** For each region, and for those whose readings change in between. */
const KEPT = 12;
const kept = () => processWide('losses', () => new LRUCache<string, Promise<Losses>>({ max: KEPT }));

export function lossesOf(question: LossQuestion): Promise<Losses> {
  const key = digestOf(question);
  const known = kept().get(key);
  if (known) return known;
  const losses = inThread(question).catch((error: unknown) => {
    // A bundle without the thread's file, or no memory for one, must not hide the answer.
    log().debug(describeError(error), 'host failures are computed without a thread');
    return inSteps(findLosses(question));
  });
  kept().set(key, losses);
  losses.catch(() => kept().delete(key));
  return losses;
}

function inThread(question: LossQuestion): Promise<Losses> {
  return new Promise((resolve, reject) => {
    // The bundler looks for exactly this form.
    const worker = new Worker(new URL('./losses-worker.ts', import.meta.url));
    worker.once('message', (losses: Losses) => {
      resolve(losses);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread ended with code ${code}.`)));
    worker.postMessage(question);
  });
}

function digestOf({ crowd, sets, worst }: LossQuestion): string {
  const hash = createHash('sha256').update(JSON.stringify([sets, worst]));
  for (const [name, column] of Object.entries<Crowd[keyof Crowd]>(crowd))
    hash.update(name).update(typeof column === 'number' ? String(column) : column);
  return hash.digest('base64');
}
