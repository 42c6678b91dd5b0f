import type { Sample } from '../house';

const TYPES = "import type { Write } from '@/lib/openstack/writes/writer';\n";
const START = "import { startPlan } from '@/lib/openstack/writes/plans';\n";

export const WRITE_SAMPLES: Record<string, Sample> = {
  'only acts change a cloud': {
    breaks: {
      'lib/dashboard/views/plans.ts': START,
      'lib/readings/inventory.ts': "export { startPlan } from '../openstack/writes/plans';\n",
      'app/plans/page.tsx': "\nconst { startPlan } = await import('@/lib/openstack/writes/plans');\n",
      'lib/server/startup.ts': "require('../dashboard/sources/writer');\n",
    },
    says: [
      'lib/dashboard/views/plans.ts:1 imports lib/openstack/writes/plans: add an act to lib/dashboard/acts instead',
      'lib/readings/inventory.ts:1 imports lib/openstack/writes/plans: add an act to lib/dashboard/acts instead',
      'app/plans/page.tsx:2 imports lib/openstack/writes/plans: add an act to lib/dashboard/acts instead',
      'lib/server/startup.ts:1 imports lib/dashboard/sources/writer: add an act to lib/dashboard/acts instead',
    ],
    keeps: { 'lib/dashboard/acts/start.ts': START, 'lib/dashboard/views/plans.ts': TYPES },
  },
  'only what writes the journal opens a writer': {
    breaks: {
      'lib/dashboard/views/plans.ts': "import { openRegion } from '../sources/sources';\n",
      'lib/dashboard/http/serve.ts': "import * as sources from '../sources/sources';\n",
      'lib/dashboard/acts/start-act.ts': "const { openWriterOf } = await import('../sources/writer');\n",
    },
    says: [
      'lib/dashboard/views/plans.ts:1 imports openRegion: only lib/dashboard/sources/writer.ts may; pass the Write of perform in',
      'lib/dashboard/http/serve.ts:1 imports openRegion: only lib/dashboard/sources/writer.ts may; pass the Write of perform in',
      'lib/dashboard/acts/start-act.ts:1 imports openWriterOf: only lib/dashboard/acts/perform.ts may; pass the Write of perform in',
    ],
    keeps: {
      'lib/dashboard/views/plans.ts': "import { openSources } from '../sources/sources';\n",
      'lib/dashboard/acts/perform.ts': "import { openWriterOf } from '../sources/writer';\n",
    },
  },
  'only the writer may send what changes something': {
    breaks: { 'lib/openstack/nova.ts': "openHttp({ source: 'nova', mayWrite: true });\n" },
    says: 'lib/openstack/nova.ts:1 sets mayWrite: readers only ask; add a request to lib/openstack/writes',
    keeps: { 'lib/openstack/writes/writer.ts': "openHttp({ source: 'nova', mayWrite: true });\n" },
  },
  'every request that changes a cloud belongs to an act of the table': {
    breaks: { 'lib/dashboard/acts/table.ts': '', 'lib/dashboard/acts/by-the-way.ts': START },
    says: 'lib/dashboard/acts/by-the-way.ts:1 imports lib/openstack/writes/plans: make it an act, with a row in lib/dashboard/acts/table.ts',
    keeps: {
      'lib/dashboard/acts/table.ts': "import { startAct } from './start-act';\n",
      'lib/dashboard/acts/start-act.ts': START,
    },
  },
  'import() names its file': {
    breaks: { 'lib/dashboard/views/plans.ts': 'await import(place);\n' },
    says: 'lib/dashboard/views/plans.ts:1 imports what is computed: write the path in quotes',
    keeps: { 'lib/dashboard/views/plans.ts': "await import('@/lib/format');\n" },
  },
};
