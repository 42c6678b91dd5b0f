import type { ESTree } from 'vite';
import { type House, openFinder, type Rule } from '../house';
import { nameOf, nodesOf, type Source } from '../source';

/** Rules about what files export. */

/** What wants a default export: Next's files, and the settings of tools. */
const WANTS_DEFAULT = /^app\/|^next\.config\.mjs$|^lib\/dashboard\/cache\/next-handler\.mjs$|\.config\.ts$/;
/** What Next or a tool looks for by name, and widgets that a browser test adds to a copy of the house. */
const IS_ENTRY =
  /^app\/|^tests\/e2e\/support\/widgets\/|^(proxy|instrumentation)\.ts$|^next\.config\.mjs$|\.config\.ts$|next-handler\.mjs$|^lib\/cli\/outside-next\.ts$|\/global-setup\.ts$/;

const all = ({ sources, tests }: House): Source[] => [...sources, ...tests];

const namedExports: Rule = {
  name: 'exports are named',
  find: (house) =>
    all(house)
      .filter(({ file }) => !WANTS_DEFAULT.test(file))
      .flatMap((source) =>
        nodesOf(source, 'ExportDefaultDeclaration').map(
          ({ start }) => `${source.file}:${source.lineAt(start)} has a default export: use a named one`,
        ),
      ),
};

const passesOn = (node: ESTree.Node) =>
  node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.source !== null);

const noBarrels: Rule = {
  name: 'there are no barrel files',
  find: (house) =>
    all(house)
      .filter(({ body }) => body.length > 0 && body.every(passesOn))
      .map(({ file }) => `${file} is a barrel: import from the files themselves and delete it`),
};

const noStars: Rule = {
  name: 'nothing is re-exported with *',
  find: (house) =>
    all(house).flatMap((source) =>
      nodesOf(source, 'ExportAllDeclaration').map(
        ({ start }) => `${source.file}:${source.lineAt(start)} re-exports with *: import from the file itself instead`,
      ),
    ),
};

const everyExportIsUsed: Rule = {
  name: 'every exported value is imported somewhere',
  find: (house) => {
    const sources = all(house);
    const used = usedNames(sources);
    const isUsed = (file: string, name: string) => used.has(`${file} ${name}`) || used.has(`${file} all`);
    return sources
      .filter(({ file }) => !IS_ENTRY.test(file))
      .flatMap((source) =>
        exportsOf(source)
          .filter(({ name }) => !isUsed(source.file, name))
          .map(
            ({ name, start }) =>
              `${source.file}:${source.lineAt(start)} exports ${name}, which no other file imports: remove the export, or all of it`,
          ),
      );
  },
};

/** `lib/env.ts readEnv` for what is imported from files of the house; `all` for a whole file. */
function usedNames(sources: Source[]): Set<string> {
  const find = openFinder(sources);
  return new Set(
    sources.flatMap(({ imports }) =>
      imports.flatMap(({ target, names }) => {
        const from = find(target);
        return from ? [names].flat().map((name) => `${from.file} ${name}`) : [];
      }),
    ),
  );
}

type Export = { name: string; start: number };

/** Without types: those of parameters and results may be used by their names at any time. */
const exportsOf = (source: Source): Export[] =>
  nodesOf(source, 'ExportNamedDeclaration').flatMap(({ declaration, specifiers, start }) => [
    ...specifiers
      .filter(({ exportKind }) => exportKind !== 'type')
      .map(({ exported }) => ({ name: nameOf(exported), start })),
    ...(declaration ? declaredBy(declaration).map((name) => ({ name, start })) : []),
  ]);

function declaredBy(node: ESTree.Declaration): string[] {
  if (node.type === 'VariableDeclaration')
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  const isValue = node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration';
  return isValue && node.id ? [node.id.name] : [];
}

export const EXPORT_RULES = [namedExports, noBarrels, noStars, everyExportIsUsed];
