import type { Closed } from '@/lib/contract/v1/closed-host';
import { readCloser } from './reason';

/** Who closed a host and why, as far as Nova's reason says. */
export function describeClosed(reason: string | null): Closed {
  const closer = readCloser(reason);
  switch (closer.by) {
    case 'here':
      return { by: 'here', person: closer.person, reason: closer.why, since: closer.at, back_by: closer.backBy };
    case 'unknown':
      return { by: 'unknown', person: null, reason: null, since: null, back_by: null };
    default:
      return { by: closer.by, person: null, reason: closer.why, since: null, back_by: null };
  }
}
