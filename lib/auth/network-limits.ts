import { clientNetworks } from './networks';
import type { Limit } from './throttle';

/**
 * Failures in five minutes from one IPv4 address or IPv6 /64, which every customer of a provider gets, and from one /48, which
 * has 65,536 of those and may belong to one customer or to many.
 */
const MAX_FAILURES = [60, 240];

/** The limits for all that one client may have at its disposal, the narrowest first. */
export const networkLimits = (address: string): Limit[] =>
  clientNetworks(address).map((network, at) => ({ key: `network ${network}`, max: MAX_FAILURES[at] ?? 0 }));
