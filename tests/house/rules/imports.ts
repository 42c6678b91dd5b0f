import { type House, openFinder, type Rule } from '../house';
import { ROOMS } from '../rooms';
import type { Room } from '../rooms-of-files';
import type { Import, Source } from '../source';

/** Rules about what files import from each other. */

const fits = (target: string) => (pattern: string) =>
  pattern.endsWith('*') ? target.startsWith(pattern.slice(0, -1)) : target === pattern;

function roomOf(file: string): Room | undefined {
  return ROOMS.filter(({ room }) => (room.endsWith('/') ? file.startsWith(room) : file === room)).toSorted(
    (a, b) => b.room.length - a.room.length,
  )[0];
}

function isAllowed({ room, may = [], types = [] }: Room, { target, isType }: Import): boolean {
  const ofOwn = room.endsWith('/') && target.startsWith(room);
  return ofOwn || may.some(fits(target)) || (isType && types.some(fits(target)));
}

const importsGoDown: Rule = {
  name: 'imports follow the table of rooms',
  find: ({ sources }) =>
    sources.flatMap(({ file, imports }) => {
      const room = roomOf(file);
      if (!room) return [`${file} is in no room: move it into one, or add a row to tests/house/rooms.ts`];
      return imports
        .filter((one) => !isAllowed(room, one))
        .map(({ target, line, isType }) =>
          (room.types ?? []).some(fits(target)) && !isType
            ? `${file}:${line} imports a value from ${target}: only its types are allowed; ${room.instead}`
            : `${file}:${line} imports ${target}: ${room.instead}`,
        );
    }),
};

const everyRoomIsThere: Rule = {
  name: 'every room in the table exists',
  find: ({ sources }) =>
    ROOMS.filter(({ room }) => !sources.some(({ file }) => roomOf(file)?.room === room)).map(
      ({ room }) => `${room} has no file: delete its row in tests/house/rooms.ts`,
    ),
};

const WIDGET = /^components\/widgets\/[^/]+\//;

const foldersOfWidgets = (sources: Source[]) => [
  ...new Set(sources.flatMap(({ file }) => WIDGET.exec(file)?.[0] ?? [])),
];

const widgetsKnowNoOther: Rule = {
  name: 'widgets do not import each other',
  find: ({ sources }) => {
    const widgets = foldersOfWidgets(sources);
    return sources.flatMap(({ file, imports }) => {
      const [own] = WIDGET.exec(file) ?? [];
      const isOther = (target: string) => widgets.some((folder) => folder !== own && `${target}/`.startsWith(folder));
      return imports
        .filter(({ target }) => own && isOther(target))
        .map(({ target, line }) => `${file}:${line} imports ${target}: move the shared code to components/figures`);
    });
  },
};

const widgetsAreRegistered: Rule = {
  name: 'every widget is registered',
  find: ({ sources }) => {
    const registry = 'components/widgets/index.ts';
    const registered = sources.find(({ file }) => file === registry)?.imports.map(({ target }) => `${target}/`) ?? [];
    return foldersOfWidgets(sources)
      .filter((folder) => !registered.includes(folder))
      .map((folder) => `${folder} is not registered: add it to the list in ${registry}, or delete it`);
  },
};

const simulationComesLate: Rule = {
  name: 'the simulation is imported dynamically',
  find: ({ sources }) =>
    sources
      .filter(({ file }) => !file.startsWith('lib/simulation/'))
      .flatMap(({ file, imports }) =>
        imports
          .filter(({ target, isType, isDynamic }) => target.startsWith('lib/simulation/') && !isType && !isDynamic)
          .map(
            ({ target, line }) => `${file}:${line} imports ${target}: use await import(), since only the demo needs it`,
          ),
      ),
};

const noCircles: Rule = {
  name: 'imports form no cycle',
  find: (house) => circlesOf(house).map((circle) => `${circle.join(' → ')}: move the shared code into a separate file`),
};

/** Each circle once, from the file that comes first in it. */
function circlesOf({ sources }: House): string[][] {
  const find = openFinder(sources);
  const targetsOf = ({ imports }: Source) =>
    imports.filter(({ isDynamic }) => !isDynamic).flatMap(({ target }) => find(target) ?? []);
  const circles: string[][] = [];
  const done = new Set<Source>();
  const walk = (source: Source, trail: Source[]) => {
    const at = trail.indexOf(source);
    if (at !== -1) circles.push([...trail.slice(at), source].map(({ file }) => file));
    if (at !== -1 || done.has(source)) return;
    for (const target of targetsOf(source)) walk(target, [...trail, source]);
    done.add(source);
  };
  for (const source of sources) walk(source, []);
  return circles;
}

const SERVER_ONLY = 'server-only';
/** Next loads its cache handler itself, uncompiled. Threads are built apart, without what tells servers from browsers. */
const BUILT_APART = /^lib\/dashboard\/(cache\/next-handler\.mjs|.+-worker\.ts)$/;

const dashboardIsServerOnly: Rule = {
  name: "every file in lib/dashboard starts with import 'server-only'",
  find: ({ sources }) =>
    sources
      .filter(({ file }) => file.startsWith('lib/dashboard/') && !BUILT_APART.test(file))
      .filter(({ imports }) => imports[0]?.target !== SERVER_ONLY)
      .map(({ file }) => `${file}:1 lacks import '${SERVER_ONLY}': without it this file could end up in the browser`),
};

const testsMockTheEdge: Rule = {
  name: 'tests mock no module of the project',
  find: ({ tests }) => tests.flatMap(mocksOf),
};

function mocksOf({ file, text, lineAt }: Source): string[] {
  return Array.from(text.matchAll(/^\s*vi\.(?:do)?mock\('((?:@\/|\.)[^']*)'/gim), ({ 1: target, index }) => {
    return `${file}:${lineAt(index)} mocks ${target}: pass another value in, or answer at the network instead`;
  });
}

export const IMPORT_RULES = [
  importsGoDown,
  everyRoomIsThere,
  widgetsKnowNoOther,
  widgetsAreRegistered,
  simulationComesLate,
  noCircles,
  dashboardIsServerOnly,
  testsMockTheEdge,
];
