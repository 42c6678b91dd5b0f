import { parentPort } from 'node:worker_threads';
import { findLosses, type LossQuestion } from '@/lib/domain/capacity/losses';

/** A thread of its own: answers one question and ends. */
parentPort?.once('message', (question: LossQuestion) => {
  const work = findLosses(question);
  let step = work.next();
  while (!step.done) step = work.next();
  parentPort?.postMessage(step.value);
});
