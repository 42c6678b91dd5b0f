import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The house keeps its own rules: imports go down only, and each sharp tool has one room. */

const ROOT = path.resolve(import.meta.dirname, '..');

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .sort();
}

const FILES = ['app', 'components', 'lib'].flatMap(filesBelow);
const source = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** What a file imports: project files as paths from the root, packages by name. Types are told apart. */
function importsOf(file: string): { target: string; typeOnly: boolean }[] {
  const text = source(file);
  const statements = [
    ...text.matchAll(/(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/g),
    ...text.matchAll(/import\((?:)(\s*)'([^']+)'\)/g),
  ];
  return statements.map(([, type, specifier = '']) => ({
    typeOnly: Boolean(type?.trim()),
    target: specifier.startsWith('@/')
      ? specifier.slice(2)
      : specifier.startsWith('.')
        ? path.join(path.dirname(file), specifier)
        : specifier,
  }));
}

type Rule = { room: string; may: RegExp; types?: RegExp };

const PACKAGES = '^(?!app|components|lib|tests|@/)';

/** Every room may import these; they import nothing. */
const SHARED = /^lib\/(units|is-record)$/;

const RULES: Rule[] = [
  { room: 'lib/errors.ts', may: /^$/ },
  { room: 'lib/yield.ts', may: /^$/ },
  { room: 'lib/units.ts', may: /^$/ },
  { room: 'lib/process-wide.ts', may: /^$/ },
  { room: 'lib/is-record.ts', may: /^$/ },
  { room: 'lib/http.ts', may: /^(lib\/(errors|network-reasons)|p-limit|undici)$/ },
  { room: 'lib/shape.ts', may: /^(lib\/(errors|yield)|zod)$/ },
  { room: 'lib/network-reasons.ts', may: /^lib\/errors$/ },
  { room: 'lib/env.ts', may: /^(zod|lib\/(secret-files|process-wide|auth\/networks|contract\/choices))$/ },
  { room: 'lib/secret-files.ts', may: /^node:fs$/ },
  { room: 'lib/auth/', may: /^(lib\/auth\/|node:|(jose|lru-cache)$)/ },
  { room: 'lib/format.ts', may: /^$/ },
  { room: 'lib/sort.ts', may: /^$/ },
  { room: 'lib/openstack/', may: /^(lib\/openstack\/|lib\/(http|shape|errors|yield)$|zod$|yaml$|node:)/ },
  { room: 'lib/prometheus/', may: /^(lib\/prometheus\/|lib\/(http|shape|errors|yield)$|zod$|node:)/ },
  { room: 'lib/readings/', may: /^lib\/(readings|openstack|prometheus)\/|^lib\/(errors|yield)$/ },
  // Shipped to browsers, too: what a plan would do is computed again at each click.
  {
    room: 'lib/domain/review/',
    may: /^lib\/(domain\/(cluster|plans|projection|review)\/|format$)/,
    types: /^lib\/contract\//,
  },
  {
    room: 'lib/domain/',
    may: /^lib\/(domain\/|sort$|contract\/choices$)/,
    types: /^lib\/(readings|contract|openstack|prometheus)\//,
  },
  { room: 'lib/contract/', may: /^(lib\/contract\/|zod$)/ },
  {
    room: 'lib/simulation/',
    may: /^(lib\/simulation\/|node:|@lezer\/|@prometheus-io\/)/,
    types: /^lib\/(openstack|prometheus)\//,
  },
  { room: 'lib/server/', may: /^(lib\/(server|dashboard|env|errors|process-wide)|node:)/, types: /^lib\/contract\// },
  { room: 'lib/dashboard/', may: new RegExp(`^lib/(?!server)|${PACKAGES}(?!react|next(?!/(?:cache|headers)))`) },
  {
    room: 'components/',
    may: /^(components\/|lib\/(contract\/choices|domain\/cluster\/levels|domain\/plans\/states)$|lib\/domain\/(projection|review)\/|lib\/(format|sort)$|react|react-chartjs-2$|chart\.js$|swr|next\/(link|navigation|dynamic)$)|\.css$/,
    types: /^lib\/contract\//,
  },
  {
    room: 'app/',
    may: new RegExp(`^(app|components)/|^lib/(dashboard|contract)/|^lib/(errors|format)$|^package\\.json$|${PACKAGES}`),
    types: /^lib\/domain\/cluster\/levels$/,
  },
];

describe('the house', () => {
  it('imports go down only', () => {
    const wrong = FILES.flatMap((file) => {
      const rule = RULES.find(({ room }) => file.startsWith(room));
      if (!rule) return [`${file} is in no room`];
      return importsOf(file)
        .filter(({ target }) => !SHARED.test(target))
        .filter(({ target, typeOnly }) => !rule.may.test(target) && !(typeOnly && rule.types?.test(target)))
        .map(({ target }) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('a widget knows no other widget', () => {
    const wrong = FILES.filter((file) => /^components\/widgets\/[^/]+\//.test(file)).flatMap((file) => {
      const own = file.split('/').slice(0, 3).join('/');
      return importsOf(file)
        .filter(({ target }) => /^components\/widgets\/[^/]+\//.test(target) && !target.startsWith(`${own}/`))
        .map(({ target }) => `${file} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['process.env', /process\.env/, ['lib/env.ts', 'lib/server/production.mjs', 'instrumentation.ts']],
    // The browser asks its own origin for what has changed.
    ['fetch', /\bfetch\(/, ['lib/http.ts', 'components/live/answers.ts']],
    ['next/headers', /from 'next\/headers'/, ['lib/dashboard/access/visitors.ts', 'app/']],
    ['next/cache', /from 'next\/cache'/, ['lib/dashboard/cache/cache.ts']],
    ['chart.js', /from '(react-)?chart\.?js(-2|\/auto)?'/, ['components/charts/']],
    [
      'HTTP servers',
      /^import (?!type ).*from 'node:https?'|'node:http'\)/m,
      ['lib/simulation/server.ts', 'lib/server/server-front.mjs'],
    ],
    ['msw', /from 'msw/, []],
  ])('%s has one room', (_, pattern, rooms) => {
    const found = FILES.filter((file) => pattern.test(source(file)));
    expect(found.filter((file) => !rooms.some((room) => file.startsWith(room)))).toEqual([]);
  });

  it('no file has grown into two rooms', () => {
    const long = FILES.map((file) => [file, source(file).split('\n').length] as const).filter(
      ([, lines]) => lines > 300,
    );
    expect(long).toEqual([]);
  });
});
