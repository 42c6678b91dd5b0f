import type { Sample } from '../house';

const functionOf = (parameters: string) => `export function f(${parameters}): void {}\n`;

export const CODE_SAMPLES: Record<string, Sample> = {
  'functions take at most three positional parameters': {
    breaks: { 'tests/build.ts': `\n${functionOf('a: 1, b: 2, c: 3, d: 4')}` },
    says: 'tests/build.ts:2 takes 4 parameters: pass the later ones as an object with named fields',
    keeps: {
      'lib/a.ts': `${functionOf('a: 1, b: 2, { c, d, e }: X')}${functionOf('this: Y, a: 1, b: 2, ...c: 3[]')}${functionOf('a: 1, b: 2, c: 3, d: 4 = {}')}`,
      'lib/b.ts': 'each((a, b, c, d) => a);\n',
    },
  },
  'no type is any': {
    breaks: { 'lib/a.ts': 'export const a = [] as any[]; // a list\n' },
    says: 'lib/a.ts:1 uses any: use unknown and check it, or write the type',
    keeps: { 'lib/a.ts': '// any\nexport const any: unknown = "any";\n' },
  },
  'every cast has a comment that explains it': {
    breaks: { 'lib/a.ts': '// Far above.\n\n\n\nexport const a = b as string;\n' },
    says: 'lib/a.ts:5 casts without a comment: explain above it why the cast is right, or narrow the type',
    keeps: {
      'lib/a.ts': '// `b` was checked.\nexport const a = b as string;\n',
      'lib/b.ts': "export const KEYS = ['a'] as const;\n",
    },
  },
  'the domain uses no clock, randomness or timer': {
    breaks: { 'lib/domain/plans/plan.ts': 'export const age = (at: number) => new Date().getTime() - at;\n' },
    says: 'lib/domain/plans/plan.ts:1 uses new Date(): take the time or the value as a parameter',
    keeps: { 'lib/domain/plans/plan.ts': 'new Date(at);\nDate.parse(text);\n', 'lib/http.ts': 'Date.now();\n' },
  },
  'pages look up in a Map what an address names': {
    breaks: { 'app/page.tsx': "export const a = TEXTS[query('problem')];\n" },
    says: 'app/page.tsx:1 indexes a table by a value: use a Map, which has only its own keys',
    keeps: { 'app/page.tsx': "export const a = [TEXTS.get(b), TEXTS['b'], list[0], styles[b]];\n" },
  },
};
