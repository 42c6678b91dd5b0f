import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rules of style sheets. Each message says what to do instead. */

const ROOT = path.resolve(import.meta.dirname, '..');
const GLOBALS = 'app/globals.css';
const MAX_LINES = 200;

const filesBelow = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .sort();

const FILES = ['app', 'components'].flatMap(filesBelow);
const SHEETS = FILES.filter((file) => file.endsWith('.css'));
const CODE = FILES.filter((file) => /\.tsx?$/.test(file));

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
/** Without comments. */
const rulesOf = (sheet: string): string => read(sheet).replace(/\/\*.*?\*\//gs, '');

type Declaration = { sheet: string; property: string; value: string };

const DECLARATIONS: Declaration[] = SHEETS.flatMap((sheet) =>
  [...rulesOf(sheet).matchAll(/(?<=[{;]\s*)([\w-]+):\s*([^;{}]+);/g)].map(([, property = '', value = '']) => ({
    sheet,
    property,
    value,
  })),
);

/** The values of some properties outside the tokens that break a rule. */
const wrong = (property: RegExp, breaks: (value: string) => boolean): string[] =>
  DECLARATIONS.filter((one) => one.sheet !== GLOBALS && property.test(one.property) && breaks(one.value)).map(
    ({ sheet, property: name, value }) => `${sheet}: ${name}: ${value}`,
  );

type Import = { sheet: string; file: string; name: string };

/** Module sheets and who imports them, under which name. */
const IMPORTS: Import[] = CODE.flatMap((file) =>
  [...read(file).matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].map(([, name = '', target = '']) => ({
    file,
    name,
    sheet: target.startsWith('@/') ? target.slice(2) : path.join(path.dirname(file), target),
  })),
);

const classesOf = (sheet: string): Set<string> =>
  new Set([...rulesOf(sheet).matchAll(/\.([a-zA-Z][\w-]*)(?=[^{};]*\{)/g)].map(([, name = '']) => name));

const usedOf = ({ file, name }: Import): Set<string> =>
  new Set([...read(file).matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, used = '']) => used));

const MODULES = SHEETS.filter((sheet) => sheet.endsWith('.module.css'));

/** Sheets that others compose, since CSS alone can't pass a look on. Each needs a reason. */
const COMPOSED: Record<string, string> = {
  'components/figures/bands.module.css':
    'the colours of load bands, for the cells of the map and the swatches of its legend',
};

describe('style sheets', () => {
  it('take colours from the tokens', () => {
    const raw = wrong(/./, (value) => /#[\da-f]{3,8}\b|\b(rgba?|hsla?|oklch|white|black)\b/i.test(value));
    expect(raw, `use a colour token of ${GLOBALS}, such as var(--ink-3), or add one`).toEqual([]);
  });

  it('take corners from the tokens', () => {
    const raw = wrong(/^border-.*radius$/, (value) => /\d(px|rem|em)/.test(value));
    expect(raw, 'use var(--radius-xs) to var(--radius-l); 50% makes a circle').toEqual([]);
  });

  it('take type sizes from the tokens', () => {
    const raw = wrong(/^font(-size)?$/, (value) => !/var\(--text-|^inherit$/.test(value));
    expect(raw, 'use var(--text-xs) to var(--text-4xl)').toEqual([]);
  });

  it('take spaces from the tokens where the scale has them', () => {
    const raw = wrong(/^(padding|margin|gap|row-gap|column-gap)/, (value) =>
      /(?<![\w.-])(2|4|8|12|16|24|32|40)px/.test(value),
    );
    expect(raw, 'use var(--space-0) to var(--space-7), or var(--edge) beside the edge of a panel').toEqual([]);
  });

  it('use only tokens that exist', () => {
    const defined = new Set(DECLARATIONS.map(({ property }) => property).filter((name) => name.startsWith('--')));
    // Set by next/font on the html element.
    for (const font of ['--font-text', '--font-mono']) defined.add(font);
    const unknown = DECLARATIONS.flatMap(({ sheet, value }) =>
      [...value.matchAll(/var\((--[\w-]+)/g)]
        .filter(([, name = '']) => !defined.has(name))
        .map(([, name]) => `${sheet}: ${name}`),
    );
    expect(unknown, `define the token in ${GLOBALS}`).toEqual([]);
  });

  it('leave no token unused', () => {
    const everything = [...SHEETS.map(rulesOf), ...CODE.map(read)].join('\n');
    const unused = DECLARATIONS.filter(({ property }) => property.startsWith('--'))
      .map(({ property }) => property)
      // The scale of spaces stays whole.
      .filter((name) => !name.startsWith('--space-') && !new RegExp(`(var\\(|')${name}\\b`).test(everything));
    expect(unused, 'remove the token').toEqual([]);
  });

  it('have only classes that their component uses', () => {
    const unused = MODULES.filter((sheet) => !(sheet in COMPOSED)).flatMap((sheet) => {
      const used = new Set(IMPORTS.filter((one) => one.sheet === sheet).flatMap((one) => [...usedOf(one)]));
      return [...classesOf(sheet)].filter((name) => !used.has(name)).map((name) => `${sheet}: .${name}`);
    });
    expect(unused, 'remove the rule').toEqual([]);
  });

  it('have every class that their component uses', () => {
    const missing = IMPORTS.flatMap((one) =>
      [...usedOf(one)].filter((name) => !classesOf(one.sheet).has(name)).map((name) => `${one.file}: ${name}`),
    );
    expect(missing, 'add the class to the sheet, or drop it from the component').toEqual([]);
  });

  it('are used by name, so that unused classes can be found', () => {
    const dynamic = IMPORTS.filter(({ file, name }) => new RegExp(`\\b${name}\\[`).test(read(file)));
    expect(
      dynamic.map(({ file }) => file),
      'write styles.name, or use a data attribute',
    ).toEqual([]);
  });

  it('belong to one component', () => {
    const shared = MODULES.map((sheet) => ({
      sheet,
      files: IMPORTS.filter((one) => one.sheet === sheet).map(({ file }) => file),
    }))
      .filter(({ sheet, files }) => files.length !== (sheet in COMPOSED ? 0 : 1))
      .map(({ sheet, files }) => `${sheet} is imported by ${files.length === 0 ? 'nobody' : files.join(', ')}`);
    expect(shared, 'make what is shared a component of its own, and import that').toEqual([]);
  });

  it('do not compose classes of other sheets', () => {
    const isShared = (value: string) => Object.keys(COMPOSED).some((sheet) => value.includes(path.basename(sheet)));
    const composed = wrong(/^composes$/, (value) => value.includes(' from ') && !isShared(value));
    expect(composed, 'use the component that has these styles').toEqual([]);
  });

  it('are short', () => {
    const long = SHEETS.map((sheet) => [sheet, read(sheet).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > MAX_LINES)
      .map(([sheet, lines]) => `${sheet}: ${lines} lines`);
    expect(long, `split the component: no sheet has more than ${MAX_LINES} lines`).toEqual([]);
  });

  it('write widths as ranges', () => {
    const old = FILES.filter((file) => /\.(css|tsx?)$/.test(file) && /\((min|max)-width/.test(read(file)));
    expect(old, 'write (width < 768px) or (width >= 768px)').toEqual([]);
  });
});
