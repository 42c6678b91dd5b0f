import type { Size } from './processes';

/** The clouds that are measured. */
export const SIZES: Size[] = [
  { hosts: 24, servers: 600, audits: 24 },
  { hosts: 400, servers: 8_000, audits: 100 },
  { hosts: 1_000, servers: 50_000, audits: 200 },
];
