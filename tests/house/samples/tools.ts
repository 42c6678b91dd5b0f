import type { Sample } from '../house';

export const TOOL_SAMPLES: Record<string, Sample> = {
  'process.env stays in its room': {
    breaks: { 'lib/readings/load.ts': 'const { env } = process;\n' },
    says: 'lib/readings/load.ts:1 uses process.env: only lib/env.ts, lib/base-path.ts, lib/cli/build.mjs, lib/cli/settings.ts, next.config.mjs, lib/server/listen-address.mjs, lib/server/production.mjs, instrumentation.ts, proxy.ts may; add the setting to lib/env.ts and .env.example, and read it by readEnv()',
    keeps: { 'lib/env.ts': 'process.env;\n', 'lib/http.ts': '// process.env\nexport const a = "process.env";\n' },
  },
  'fetch stays in its room': {
    breaks: { 'lib/openstack/nova.ts': 'await globalThis.fetch("x");\n' },
    says: 'lib/openstack/nova.ts:1 uses fetch: only lib/connections.ts, components/live/answers.ts, components/live/send-act.ts may; call lib/http.ts on the server and components/live in the browser',
    keeps: { 'components/live/answers.ts': 'fetch("x");\n', 'lib/a.ts': 'prefetch(); a.fetch();\n' },
  },
  'useRouter stays in its room': {
    breaks: { 'components/hosts/panel.tsx': "import { usePathname, useRouter } from 'next/navigation';\n" },
    says: 'components/hosts/panel.tsx:1 uses useRouter: only components/ui/use-pages.ts, components/live/live-refresh.tsx may; call usePages(), whose addresses keep the region',
    keeps: { 'components/hosts/panel.tsx': "import { usePathname } from 'next/navigation';\n" },
  },
  'undici stays in its room': {
    breaks: { 'lib/openstack/session.ts': "import { type Agent, request } from 'undici';\n" },
    says: 'lib/openstack/session.ts:1 uses undici: only lib/connections.ts may; call lib/http.ts',
    keeps: { 'lib/connections.ts': "import 'undici';\n", 'lib/env.ts': "import type { Agent } from 'undici';\n" },
  },
  'next/headers stays in its room': {
    breaks: { 'components/shell/top-bar.tsx': "import { headers } from 'next/headers';\n" },
    says: 'components/shell/top-bar.tsx:1 uses next/headers: only lib/dashboard/access/visitors.ts, app/ may; pass the headers in',
    keeps: { 'app/page.tsx': "import { headers } from 'next/headers';\n" },
  },
  'next/cache stays in its room': {
    breaks: { 'lib/readings/load.ts': "import { revalidateTag } from 'next/cache';\n" },
    says: 'lib/readings/load.ts:1 uses next/cache: only lib/dashboard/cache/cache.ts may; pass a Cached in',
    keeps: { 'lib/dashboard/cache/cache.ts': "import { revalidateTag } from 'next/cache';\n" },
  },
  'redoc stays in its room': {
    breaks: { 'components/hosts/api.tsx': "import { AppStore } from 'redoc';\n" },
    says: 'components/hosts/api.tsx:1 uses redoc: only components/api-docs/ may; only the page about the API is made of it',
    keeps: { 'components/api-docs/api.tsx': "import { AppStore } from 'redoc';\n" },
  },
  'chart.js stays in its room': {
    breaks: { 'components/hosts/load.tsx': "import { Chart } from 'chart.js/auto';\n" },
    says: 'components/hosts/load.tsx:1 uses chart.js: only components/charts/ may; use a chart of components/charts',
    keeps: { 'components/charts/bars.ts': "import { Bar } from 'react-chartjs-2';\n" },
  },
  'node:http stays in its room': {
    breaks: { 'lib/server/door.ts': "const http = createRequire(import.meta.url)('node:http');\n" },
    says: 'lib/server/door.ts:1 uses node:http: only lib/simulation/server.ts, lib/server/listen-address.mjs, lib/server/server-front.mjs, lib/auth/networks.ts may; ask through lib/http.ts, answer through a route',
    keeps: { 'lib/server/door.ts': "import type { IncomingMessage } from 'node:http';\n" },
  },
  'Redis stays in its room': {
    breaks: { 'lib/auth/throttle.ts': "import { createClient } from '@redis/client';\n" },
    says: 'lib/auth/throttle.ts:1 uses Redis: only lib/dashboard/cache/shared-store.ts may; use lib/dashboard/cache/shared-store.ts',
    keeps: { 'lib/dashboard/cache/shared-store.ts': "import { createClient } from '@redis/client';\n" },
  },
  'jose stays in its room': {
    breaks: { 'lib/auth/visitor.ts': "import { jwtDecrypt } from 'jose';\n" },
    says: 'lib/auth/visitor.ts:1 uses jose: only lib/auth/session-cookie.ts may; use lib/auth/session-cookie.ts',
    keeps: { 'lib/auth/session-cookie.ts': "import { jwtDecrypt } from 'jose';\n" },
  },
  'yaml stays in its room': {
    breaks: { 'lib/readings/load.ts': "import { parse } from 'yaml';\n" },
    says: 'lib/readings/load.ts:1 uses yaml: only lib/openstack/cloud-yaml.ts may; only clouds.yaml is YAML; read it through lib/openstack/cloud-yaml.ts',
    keeps: { 'lib/openstack/cloud-yaml.ts': "import { parse } from 'yaml';\n" },
  },
  'pino stays in its room': {
    breaks: { 'lib/readings/load.ts': "import { pino } from 'pino';\n" },
    says: 'lib/readings/load.ts:1 uses pino: only lib/dashboard/process/log.ts may; use log() of lib/dashboard/process/log.ts',
    keeps: { 'lib/dashboard/process/log.ts': "import { pino } from 'pino';\n" },
  },
  'msw stays in its room': {
    breaks: { 'lib/simulation/server.ts': "import { setupServer } from 'msw/node';\n" },
    says: 'lib/simulation/server.ts:1 uses msw: only tests may; only tests replace the network',
    keeps: { 'tests/http.test.ts': "import { setupServer } from 'msw/node';\n" },
  },
};
