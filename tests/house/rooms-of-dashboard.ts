import { type Room, TOOLS } from './rooms-of-files';

/** What every room of lib/dashboard may import. */
export const DASHBOARD = [
  ...TOOLS,
  'lib/env',
  'lib/format',
  'lib/errors',
  'lib/process-wide',
  'server-only',
  'lru-cache',
  'node:*',
];

export const WIRE = ['lib/openstack/records', 'lib/prometheus/records'];

/** Rooms of lib/dashboard, the lowest first: each may import those before it. */
const DASHBOARD_ROOMS: { name: string; may: string[]; types?: string[] }[] = [
  { name: 'process', may: ['pino', 'prom-client', 'lib/secret-values'], types: ['lib/http'] },
  { name: 'cache', may: ['next/cache', '@redis/client', 'package.json'] },
  {
    name: 'sources',
    may: [
      'lib/openstack/*',
      'lib/prometheus/*',
      'lib/readings/*',
      'lib/domain/*',
      'lib/simulation/*',
      'lib/store/*',
      'lib/tls-files',
      'lib/region-settings',
    ],
    types: ['lib/proxies', 'lib/http'],
  },
  { name: 'access', may: ['lib/auth/*', 'next/headers'] },
  {
    name: 'collect',
    may: ['lib/readings/*', 'lib/domain/*'],
    types: ['lib/contract/*', ...WIRE],
  },
  { name: 'views', may: ['lib/domain/*', 'lib/contract/*', 'zod'], types: ['lib/readings/*', ...WIRE] },
  {
    name: 'acts',
    may: ['lib/domain/*', 'lib/contract/*', 'lib/readings/*', 'lib/openstack/*', 'lib/auth/*', 'lib/store/turns'],
    types: ['lib/store/*', 'zod'],
  },
  {
    name: 'careful',
    may: ['lib/domain/*', 'lib/contract/*', 'lib/openstack/*'],
    types: ['lib/store/*', ...WIRE],
  },
  {
    name: 'http',
    may: ['lib/domain/*', 'lib/contract/*', 'lib/auth/*', 'lib/shape', 'zod', 'prom-client'],
    types: ['lib/store/*'],
  },
];
export const DASHBOARD_TABLE = DASHBOARD_ROOMS.map(
  ({ name, may, types }, level, all): Room => ({
    room: `lib/dashboard/${name}/`,
    may: [...DASHBOARD, ...may, ...all.slice(0, level).map((lower) => `lib/dashboard/${lower.name}/*`)],
    types,
    instead: `inside lib/dashboard it may use ${
      all
        .slice(0, level)
        .map((lower) => lower.name)
        .join(', ') || 'no other room'
    }; move the function to the room that calls it, or pass it in`,
  }),
);
