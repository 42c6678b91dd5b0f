import type { House, Rule, Sheet } from '../house';
import { nodesOf, type Source } from '../source';

/** Rules about style sheets. */

/** The one sheet that names colours and sizes. */
export const TOKENS = 'app/tokens.css';

export const isModule = ({ file }: Sheet) => file.endsWith('.module.css');

export const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));

/** What a pattern finds in every sheet but that of the tokens, as messages. */
const inSheets = (
  { sheets }: House,
  pattern: RegExp,
  messageFor: (found: RegExpExecArray) => string | undefined,
): string[] =>
  sheets
    .filter(({ file }) => file !== TOKENS)
    .flatMap(({ file, text }) =>
      Array.from(withoutComments(text).matchAll(pattern)).flatMap((found) => {
        const message = messageFor(found);
        const line = text.slice(0, found.index).split('\n').length;
        return message === undefined ? [] : [`${file}:${line} ${message}`];
      }),
    );

const NO_SIZE = /^(0|50%|inherit)$/;

/** Whether a declaration has a size of its own: what is left of the value without tokens, weights and the line's height. */
function hasRawSize(property: string, value: string): boolean {
  const [size = ''] = property === 'font' ? value.split('/') : [value];
  const rest = size.replace(/var\([^)]*\)/g, '').replace(/\b[1-9]00\b/g, '');
  return /\d/.test(rest) && !NO_SIZE.test(rest.trim());
}

const sizesHaveNames: Rule = {
  name: 'radii and font sizes come from tokens',
  find: (house) =>
    inSheets(
      house,
      /(?<![\w-])(border(?:-[a-z-]+)?-radius|font|font-size)\s*:\s*([^;}]+)/g,
      ([, property = '', value = '']) =>
        hasRawSize(property, value)
          ? `sets ${property} to ${value.trim()}: use ${property.endsWith('radius') ? '--radius' : '--text'} tokens from ${TOKENS}`
          : undefined,
    ),
};

const widthsAreCompared: Rule = {
  name: 'media and container queries use range syntax',
  find: (house) =>
    inSheets(
      house,
      /@(?:media|container)[^{]*?\b(min|max)-(width|height):\s*([^)]+)\)/g,
      ([, end, side = '', size = '']) => {
        const better = `(${side} ${end === 'min' ? '>=' : '<='} ${size})`;
        return `uses ${end}-${side}: write ${better}`;
      },
    ),
};

type Use = { file: string; line: number; name: string };

/** The classes that a file takes from a sheet; `*` if the name is computed. */
function usesOf(source: Source, sheet: string): Use[] {
  if (!source.imports.some(({ target }) => target === sheet)) return [];
  const locals = nodesOf(source, 'ImportDeclaration')
    .filter(({ start }) => source.imports.some(({ target, line }) => target === sheet && line === source.lineAt(start)))
    .flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name));
  return nodesOf(source, 'MemberExpression')
    .filter(({ object }) => object.type === 'Identifier' && locals.includes(object.name))
    .map(({ computed, property, start }) => ({
      file: source.file,
      line: source.lineAt(start),
      name: !computed && property.type === 'Identifier' ? property.name : '*',
    }));
}

const classesIn = (text: string): string[] =>
  Array.from(
    withoutComments(text)
      .replace(/"[^"]*"/g, '')
      .matchAll(/\.([a-zA-Z_][\w-]*)/g),
    ([, name = '']) => name,
  );

/** Classes that sheets take over from others, or from themselves. */
const composedIn = (sheets: Sheet[]): string[] =>
  sheets.flatMap(({ text }) =>
    Array.from(text.matchAll(/composes:\s*([\w\s-]+?)\s*(?:from|;)/g), ([, names = '']) => names.split(/\s+/)).flat(),
  );

const classesAreUsed: Rule = {
  name: 'every class in a style sheet is used',
  find: ({ sources, sheets }) =>
    sheets.filter(isModule).flatMap(({ file, text }) => {
      const used = sources.flatMap((source) => usesOf(source, file)).map(({ name }) => name);
      const composed = composedIn(sheets);
      return [...new Set(classesIn(text))]
        .filter((name) => !used.includes('*') && !used.includes(name) && !composed.includes(name))
        .map((name) => `${file} defines .${name}, which nothing uses: delete it`);
    }),
};

const classesExist: Rule = {
  name: 'every class that a component uses exists',
  find: ({ sources, sheets }) =>
    sheets.filter(isModule).flatMap(({ file: sheet, text }) => {
      const classes = classesIn(text);
      return sources
        .flatMap((source) => usesOf(source, sheet))
        .filter(({ name }) => name !== '*' && !classes.includes(name))
        .map(
          ({ file, line, name }) =>
            `${file}:${line} uses .${name}, which ${sheet} does not define: define it, or remove it`,
        );
    }),
};

export const SHEET_RULES = [sizesHaveNames, widthsAreCompared, classesAreUsed, classesExist];
