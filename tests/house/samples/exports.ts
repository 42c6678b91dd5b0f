import type { Sample } from '../house';

export const EXPORT_SAMPLES: Record<string, Sample> = {
  'exports are named': {
    breaks: { 'components/ui/tag.tsx': 'export default function Tag() {}\n' },
    says: 'components/ui/tag.tsx:1 has a default export: use a named one',
    keeps: { 'app/page.tsx': 'export default function Page() {}\n', 'vitest.config.ts': 'export default {};\n' },
  },
  'there are no barrel files': {
    breaks: { 'lib/domain/index.ts': "export { a } from './a';\nexport type { B } from './b';\n" },
    says: 'lib/domain/index.ts is a barrel: import from the files themselves and delete it',
    keeps: { 'components/widgets/index.ts': "import { heat } from './heat';\nexport const WIDGETS = [heat];\n" },
  },
  'nothing is re-exported with *': {
    breaks: { 'lib/a.ts': "export const b = 1;\nexport * from './c';\n" },
    says: 'lib/a.ts:2 re-exports with *: import from the file itself instead',
    keeps: { 'lib/a.ts': 'export const b = 1;\n' },
  },
  'every exported value is imported somewhere': {
    breaks: {
      'lib/a.ts': 'export const used = 1;\nexport function unused() {}\n',
      'lib/b.ts': "import { used } from './a';\n",
    },
    says: 'lib/a.ts:2 exports unused, which no other file imports: remove the export, or all of it',
    keeps: {
      'lib/a.ts': 'export const used = 1;\nexport type Result = 2;\n',
      'lib/b.ts': "export const b = 1;\nvoid import('@/lib/a');\n",
      'tests/b.test.ts': "import { b } from '@/lib/b';\n",
      'app/page.tsx': 'export const dynamic = 1;\n',
    },
  },
};
