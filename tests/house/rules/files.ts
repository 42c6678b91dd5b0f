import path from 'node:path';
import type { House, Rule } from '../house';

/** Rules about files: their names, lengths and places. */

const LONGEST = { code: 250, sheet: 200, route: 6 };

const code = ({ sources, tests }: House) => [...sources, ...tests];

const codeIsShort: Rule = {
  name: `no code file has more than ${LONGEST.code} lines`,
  find: (house) =>
    code(house)
      .filter(({ lineCount }) => lineCount > LONGEST.code)
      .map(
        ({ file, lineCount }) =>
          `${file} has ${lineCount} lines (at most ${LONGEST.code}): move part of it into a separate file`,
      ),
};

const sheetsAreShort: Rule = {
  name: `no style sheet has more than ${LONGEST.sheet} lines`,
  find: ({ sheets }) =>
    sheets
      .filter(({ lineCount }) => lineCount > LONGEST.sheet)
      .map(({ file, lineCount }) => `${file} has ${lineCount} lines (at most ${LONGEST.sheet}): split it by component`),
};

const routesAreShort: Rule = {
  name: `routes have at most ${LONGEST.route} lines`,
  find: ({ sources }) =>
    sources
      .filter(({ file, lineCount }) => path.basename(file) === 'route.ts' && lineCount > LONGEST.route)
      .map(
        ({ file, lineCount }) =>
          `${file} has ${lineCount} lines (at most ${LONGEST.route}): move the work to lib/dashboard/http`,
      ),
};

/** With the endings that tools give a meaning: `x.test.ts`, `x.module.css`. */
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|module))?\.(ts|tsx|mjs|css)$/;

const namesAreKebab: Rule = {
  name: 'file names are kebab case',
  find: (house) =>
    [...code(house), ...house.sheets]
      .filter(({ file }) => !KEBAB.test(path.basename(file)))
      .map(({ file }) => `${file} is not kebab case: rename it, as in host-list.ts`),
};

/** Drawers that take everything and say nothing. */
const DRAWERS = /(^|\/)(src|utils?|helpers?|types|common|misc)(\/|\.tsx?$)/;

const noDrawers: Rule = {
  name: 'no file or folder has a catch-all name',
  find: ({ sources }) =>
    sources
      .filter(({ file }) => DRAWERS.test(file))
      .map(({ file }) => `${file} has a catch-all name: name it after what it does`),
};

/** Rooms with folders in which a name must not come twice: nobody should have to look in two places. */
const WITHOUT_TWINS = ['lib/dashboard/', 'lib/domain/', 'lib/readings/', 'lib/server/', 'lib/auth/'];

const noTwins: Rule = {
  name: 'file names are unique within a room',
  find: ({ sources }) =>
    WITHOUT_TWINS.flatMap((room) => {
      const files = sources.filter(({ file }) => file.startsWith(room)).map(({ file }) => file);
      return files
        .filter((file, at) => files.findIndex((other) => path.basename(other) === path.basename(file)) < at)
        .map((file) => `${file} shares its name with another file in ${room}: rename one after what only it does`);
    }),
};

export const FILE_RULES = [codeIsShort, sheetsAreShort, routesAreShort, namesAreKebab, noDrawers, noTwins];
