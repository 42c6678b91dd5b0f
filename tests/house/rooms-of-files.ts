/**
 * Which room may import what. A room is a folder (it ends in `/`) or a file; the longest that fits counts. Every file may
 * import from its own folder's room. `*` at the end of a target stands for whatever follows.
 */
export type Room = {
  room: string;
  may?: string[];
  /** Only with `import type`. */
  types?: string[];
  /** What to do instead; follows the colon of the message. */
  instead: string;
};

/** They know nothing of the house; everything may use them. */
export const TOOLS = [
  'lib/base-path',
  'lib/bidi',
  'lib/group-by',
  'lib/migration-result',
  'lib/units',
  'lib/is-record',
  'lib/sort',
  'lib/yield',
];
const LEAF = { instead: 'it is used everywhere, so it may know nothing; pass in what it needs' };

/** Single files in lib. */
export const FILES: Room[] = [
  ...TOOLS.map(
    (tool): Room => ({ room: `${tool}.ts`, ...(tool === 'lib/yield' ? { may: ['lib/process-wide'] } : {}), ...LEAF }),
  ),
  { room: 'lib/errors.ts', ...LEAF },
  { room: 'lib/process-wide.ts', ...LEAF },
  { room: 'lib/faults.ts', ...LEAF },
  { room: 'lib/format.ts', may: TOOLS, ...LEAF },
  { room: 'lib/network-reasons.ts', may: ['lib/errors'], ...LEAF },
  { room: 'lib/secret-files.ts', may: ['node:fs'], ...LEAF },
  { room: 'lib/lenient.ts', may: [...TOOLS, 'zod'], ...LEAF },
  { room: 'lib/shape.ts', may: [...TOOLS, 'lib/errors', 'lib/lenient', 'zod'], ...LEAF },
  { room: 'lib/url-credentials.ts', ...LEAF },
  { room: 'lib/proxies.ts', may: ['lib/auth/networks'], ...LEAF },
  { room: 'lib/connections.ts', may: ['lib/proxies', 'lib/url-credentials', 'undici'], ...LEAF },
  {
    room: 'lib/http.ts',
    may: [
      ...TOOLS,
      'lib/connections',
      'lib/errors',
      'lib/network-reasons',
      'lib/proxies',
      'lib/url-credentials',
      'p-limit',
    ],
    ...LEAF,
  },
  { room: 'lib/secret-values.ts', may: ['lib/secret-files', 'lib/url-credentials'], types: ['lib/env'], ...LEAF },
  { room: 'lib/tls-files.ts', may: ['node:crypto'], ...LEAF },
  { room: 'lib/setting-conflicts.ts', ...LEAF },
  { room: 'lib/setting-names.ts', may: ['lib/setting-renames'], ...LEAF },
  { room: 'lib/setting-renames.ts', may: ['package.json'], ...LEAF },
  { room: 'lib/weak-secrets.ts', may: ['lib/url-credentials'], ...LEAF },
  { room: 'lib/setting-kinds.ts', may: ['zod', 'lib/auth/networks', 'lib/weak-secrets'], ...LEAF },
  { room: 'lib/region-settings.ts', may: ['lib/env', 'lib/is-record'], ...LEAF },
  {
    room: 'lib/env.ts',
    may: [
      'zod',
      'lib/secret-files',
      'lib/setting-conflicts',
      'lib/setting-kinds',
      'lib/setting-names',
      'lib/setting-renames',
      'lib/process-wide',
      'lib/weak-secrets',
      'lib/contract/choices',
    ],
    types: ['lib/proxies'],
    ...LEAF,
  },
];
