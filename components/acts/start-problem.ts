import type { ActProblem } from '../live/send-act';

/**
 * How a start that did not go as asked is said: nothing was changed, part of it was done, or nobody knows.
 *
 * @param isAsking whether Watcher is being asked what became of it
 */
export type StartProblem = { lead: string; message: string; isUnknown: boolean };

export function describeStartProblem({ status, type, message }: ActProblem, isAsking: boolean): StartProblem {
  if (status === 0 || type === 'act-unknown' || type === '')
    return {
      lead: 'Unknown whether it started.',
      message: isAsking
        ? 'Asking Watcher again; don’t start it a second time.'
        : 'Watcher still shows it as waiting. If you start it again, it starts once all the same.',
      isUnknown: true,
    };
  // Its text says what was skipped.
  if (type === 'act-failed')
    return { lead: 'Not started.', message: message.replace(/^Not started: /, ''), isUnknown: false };
  if (type === 'acting-sign-in' || type === 'too-many-attempts') return { lead: '', message, isUnknown: false };
  return { lead: 'Not started.', message: `${message} Nothing was changed.`, isUnknown: false };
}
