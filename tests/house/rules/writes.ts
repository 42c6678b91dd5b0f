import { type House, openFinder, type Rule } from '../house';
import { nodesOf, type Source } from '../source';

/** Nothing changes a cloud but the acts, each of which is a row of one table. */

/** What sends requests that change a cloud, and who may have it. */
const WRITES = /^lib\/(?:openstack\/writes\/|dashboard\/sources\/writer$)/;
const MAY_WRITE = /^lib\/(?:openstack\/writes\/|dashboard\/acts\/|dashboard\/sources\/(?:sources|writer)\.ts$)/;

const onlyActsWrite: Rule = {
  name: 'only acts change a cloud',
  find: ({ sources }) =>
    sources
      .filter(({ file }) => !MAY_WRITE.test(file))
      .flatMap(({ file, imports }) =>
        imports
          .filter(({ target, isType }) => WRITES.test(target) && !isType)
          .map(({ target, line }) => `${file}:${line} imports ${target}: add an act to lib/dashboard/acts instead`),
      ),
};

/** What hands out a writer, by file and name, and the one file that may take it from there. */
const OPENED = [
  { target: 'lib/dashboard/sources/sources', name: 'openRegion', by: 'lib/dashboard/sources/writer.ts' },
  { target: 'lib/dashboard/sources/writer', name: 'openWriterOf', by: 'lib/dashboard/acts/perform.ts' },
  { target: 'lib/openstack/writes/writer', name: 'openWriter', by: 'lib/dashboard/sources/sources.ts' },
];

const journalComesFirst: Rule = {
  name: 'only what writes the journal opens a writer',
  find: ({ sources }) =>
    OPENED.flatMap(({ target, name, by }) =>
      sources
        .filter(({ file }) => file !== by)
        .flatMap(({ file, imports }) =>
          imports
            .filter(
              (one) =>
                one.target === target && !one.isType && [one.names].flat().some((own) => own === name || own === 'all'),
            )
            .map(({ line }) => `${file}:${line} imports ${name}: only ${by} may; pass the Write of perform in`),
        ),
    ),
};

const MAY_SEND = ['lib/http.ts', 'lib/openstack/writes/writer.ts'];

const oneWriter: Rule = {
  name: 'only the writer may send what changes something',
  find: ({ sources }) =>
    sources
      .filter(({ file }) => !MAY_SEND.includes(file))
      .flatMap((source) =>
        nodesOf(source, 'Property')
          .filter(({ key }) => (key.type === 'Identifier' || key.type === 'Literal') && nameIn(key) === 'mayWrite')
          .map(
            ({ start }) =>
              `${source.file}:${source.lineAt(start)} sets mayWrite: readers only ask; add a request to lib/openstack/writes`,
          ),
      ),
};

const nameIn = (key: { type: string; name?: string; value?: unknown }): unknown => key.name ?? key.value;

const TABLE = 'lib/dashboard/acts/table.ts';
const REQUESTS = /^lib\/openstack\/writes\/(?!writer$)/;

const actsAreInTheTable: Rule = {
  name: 'every request that changes a cloud belongs to an act of the table',
  find: (house) => {
    const reached = reachedFrom(house, TABLE);
    return house.sources
      .filter(({ file }) => file.startsWith('lib/dashboard/acts/') && !reached.has(file))
      .flatMap(({ file, imports }) =>
        imports
          .filter(({ target, isType }) => REQUESTS.test(target) && !isType)
          .map(({ target, line }) => `${file}:${line} imports ${target}: make it an act, with a row in ${TABLE}`),
      );
  },
};

/** The files that a file imports, and those that they import. */
function reachedFrom({ sources }: House, start: string): Set<string> {
  const find = openFinder(sources);
  const reached = new Set<string>();
  const walk = (source: Source | undefined): void => {
    if (!source || reached.has(source.file)) return;
    reached.add(source.file);
    for (const { target } of source.imports) walk(find(target));
  };
  walk(sources.find(({ file }) => file === start));
  return reached;
}

/** The rules about imports see what is written in the file only. */
const importsAreNamed: Rule = {
  name: 'import() names its file',
  find: ({ sources }) =>
    sources
      .filter(({ file }) => /\.tsx?$/.test(file))
      .flatMap((source) =>
        nodesOf(source, 'ImportExpression')
          .filter(({ source: from }) => from.type !== 'Literal')
          .map(
            ({ start }) => `${source.file}:${source.lineAt(start)} imports what is computed: write the path in quotes`,
          ),
      ),
};

export const WRITE_RULES = [onlyActsWrite, journalComesFirst, oneWriter, actsAreInTheTable, importsAreNamed];
