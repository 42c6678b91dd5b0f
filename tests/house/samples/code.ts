import type { Sample } from '../house';

const functionOf = (parameters: string) => `export function f(${parameters}): void {}\n`;

export const CODE_SAMPLES: Record<string, Sample> = {
  'a function has at most three parameters': {
    breaks: { 'tests/build.ts': `\n${functionOf('a: 1, b: 2, c: 3, d: 4')}` },
    says: 'tests/build.ts:2 takes 4 parameters: pass the later ones as an object with names',
    keeps: {
      'lib/a.ts': `${functionOf('a: 1, b: 2, { c, d, e }: X')}${functionOf('this: Y, a: 1, b: 2, ...c: 3[]')}${functionOf('a: 1, b: 2, c: 3, d: 4 = {}')}`,
      'lib/b.ts': 'each((a, b, c, d) => a);\n',
    },
  },
  'nothing is any': {
    breaks: { 'lib/a.ts': 'export const a = [] as any[]; // a list\n' },
    says: 'lib/a.ts:1 says any: say unknown and check it, or give the type',
    keeps: { 'lib/a.ts': '// any\nexport const any: unknown = "any";\n' },
  },
  'a cast has a comment that says why it is right': {
    breaks: { 'lib/a.ts': '// Far above.\n\n\n\nexport const a = b as string;\n' },
    says: 'lib/a.ts:5 casts without a word: say above it why it is right, or narrow the type',
    keeps: {
      'lib/a.ts': '// `b` was checked.\nexport const a = b as string;\n',
      'lib/b.ts': "export const KEYS = ['a'] as const;\n",
    },
  },
  'the domain has no clock, no chance and no timer': {
    breaks: { 'lib/domain/plans/plan.ts': 'export const age = (at: number) => new Date().getTime() - at;\n' },
    says: 'lib/domain/plans/plan.ts:1 uses new Date(): take the time or the value as a parameter',
    keeps: { 'lib/domain/plans/plan.ts': 'new Date(at);\nDate.parse(text);\n', 'lib/http.ts': 'Date.now();\n' },
  },
};
