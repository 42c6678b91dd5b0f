import type { Sample } from '../house';

export const EXPORT_SAMPLES: Record<string, Sample> = {
  'exports have names': {
    breaks: { 'components/ui/tag.tsx': 'export default function Tag() {}\n' },
    says: 'components/ui/tag.tsx:1 exports a default: give the export its name',
    keeps: { 'app/page.tsx': 'export default function Page() {}\n', 'vitest.config.ts': 'export default {};\n' },
  },
  'no file only passes on what others export': {
    breaks: { 'lib/domain/index.ts': "export { a } from './a';\nexport type { B } from './b';\n" },
    says: 'lib/domain/index.ts is a barrel: import from the files themselves, and delete it',
    keeps: { 'components/widgets/index.ts': "import { heat } from './heat';\nexport const WIDGETS = [heat];\n" },
  },
  'no file exports all of another': {
    breaks: { 'lib/a.ts': "export const b = 1;\nexport * from './c';\n" },
    says: 'lib/a.ts:2 exports *: import from the file itself instead',
    keeps: { 'lib/a.ts': 'export const b = 1;\n' },
  },
  'a value that a file exports is used by another': {
    breaks: {
      'lib/a.ts': 'export const used = 1;\nexport function unused() {}\n',
      'lib/b.ts': "import { used } from './a';\n",
    },
    says: 'lib/a.ts:2 exports unused, which no other file uses: delete it, or only the word export',
    keeps: {
      'lib/a.ts': 'export const used = 1;\nexport type Result = 2;\n',
      'lib/b.ts': "export const b = 1;\nvoid import('@/lib/a');\n",
      'tests/b.test.ts': "import { b } from '@/lib/b';\n",
      'app/page.tsx': 'export const dynamic = 1;\n',
    },
  },
};
