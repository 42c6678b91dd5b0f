import type { House, Rule, Sheet } from '../house';
import { isModule, TOKENS, withoutComments } from './sheets';

/** Rules about tokens, and about whose a style sheet is. */

type Declaration = {
  sheet: string;
  /** Where it is: `app/tokens.css:12`. */
  place: string;
  property: string;
  value: string;
};

function declarationsOf({ file, text }: Sheet): Declaration[] {
  const rules = withoutComments(text);
  return Array.from(rules.matchAll(/(?<=[{;]\s*)([\w-]+)\s*:\s*([^;{}]+)/g), (found) => ({
    sheet: file,
    place: `${file}:${rules.slice(0, found.index).split('\n').length}`,
    property: found[1] ?? '',
    value: (found[2] ?? '').trim(),
  }));
}

const SPACES = /^(padding|margin|gap|row-gap|column-gap)\b/;
/** What the scale of --space tokens has. */
const ON_SCALE = /(?<![\w.-])(2|4|8|12|16|24|32|40)px/;

const spacesHaveNames: Rule = {
  name: 'spaces come from tokens where the scale has them',
  find: ({ sheets }) =>
    sheets
      .filter(({ file }) => file !== TOKENS)
      .flatMap(declarationsOf)
      .filter(({ property, value }) => SPACES.test(property) && ON_SCALE.test(value))
      .map(
        ({ place, property, value }) =>
          `${place} sets ${property} to ${value}: use --space tokens from ${TOKENS}, or --edge beside the edge of a panel`,
      ),
};

/** next/font sets them on the html element. */
const FONTS = ['--font-text', '--font-mono'];

const tokensExist: Rule = {
  name: 'every token that a sheet uses is defined',
  find: ({ sheets }) => {
    const all = sheets.flatMap(declarationsOf);
    const defined = new Set([...FONTS, ...all.map(({ property }) => property)]);
    return all.flatMap(({ place, value }) =>
      Array.from(value.matchAll(/var\((--[\w-]+)/g), ([, name = '']) => name)
        .filter((name) => !defined.has(name))
        .map((name) => `${place} uses ${name}, which no sheet defines: correct the name, or add it to ${TOKENS}`),
    );
  },
};

/** Code names a token in a string: a canvas can't read CSS. */
const namesToken = ({ sheets, sources }: House, name: string): boolean => {
  const use = new RegExp(`var\\(${name}\\b`);
  return sheets.some(({ text }) => use.test(text)) || sources.some(({ text }) => text.includes(`'${name}'`));
};

const tokensAreUsed: Rule = {
  name: 'every token is used',
  find: (house) =>
    house.sheets
      .flatMap(declarationsOf)
      // The scale of spaces stays whole.
      .filter(({ property }) => property.startsWith('--') && !property.startsWith('--space-'))
      .filter(({ property }) => !namesToken(house, property))
      .map(({ place, property }) => `${place} defines ${property}, which nothing uses: delete it`),
};

/** Sheets that only others take classes from, and why there is no component instead. */
const COMPOSED: Record<string, string> = {
  'components/figures/bands.module.css': 'the colours of load bands are those of cells in a map and of its legend',
  'components/shell/frame.module.css':
    'the top bar, the content and the footer are elements of their own and equally wide',
};

const sheetsHaveOwners: Rule = {
  name: 'a style sheet belongs to one component',
  find: ({ sheets, sources }) =>
    sheets
      .filter((sheet) => isModule(sheet) && !(sheet.file in COMPOSED))
      .flatMap(({ file: sheet }) => {
        const owners = sources.filter(({ imports }) => imports.some(({ target }) => target === sheet));
        if (owners.length === 1) return [];
        const files = owners.map(({ file }) => file).join(' and ');
        return owners.length === 0
          ? [`${sheet} is imported by nothing: delete it`]
          : [`${sheet} is imported by ${files}: make a component of what they share, or split the sheet`];
      }),
};

const sheetsStandAlone: Rule = {
  name: 'a style sheet takes no classes from another',
  find: ({ sheets }) =>
    sheets
      .flatMap(declarationsOf)
      .filter(({ property, value }) => property === 'composes' && / from /.test(value))
      .filter(({ value }) => !Object.keys(COMPOSED).some((sheet) => value.endsWith(`${sheet.split('/').at(-1)}"`)))
      .map(({ place, value }) => `${place} composes ${value}: use the component that has these styles`),
};

export const TOKEN_RULES = [spacesHaveNames, tokensExist, tokensAreUsed, sheetsHaveOwners, sheetsStandAlone];
