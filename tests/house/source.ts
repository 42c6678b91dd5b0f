import path from 'node:path';
import { type ESTree, parseSync } from 'vite';

/** A code file of the house, parsed. */

export type Import = {
  /** From the root and without `.ts`, as in `lib/env`; a package by its name. */
  target: string;
  line: number;
  /** Of its exports; `all` if a name can't be told from another. */
  names: string[] | 'all';
  /** The compiler drops it: nothing is loaded. */
  isType: boolean;
  /** By `import()`: loaded only when that line runs. */
  isDynamic: boolean;
};

export type Source = {
  /** From the root, with slashes. */
  file: string;
  text: string;
  /** Its statements. */
  body: ESTree.Program['body'];
  /** Every node, parents first. */
  nodes: ESTree.Node[];
  imports: Import[];
  lineCount: number;
  /** The first line is 1. */
  lineAt: (offset: number) => number;
  /** Lines on which a comment ends. */
  commented: Set<number>;
};

export function openSource(file: string, text: string): Source {
  const { program, errors, comments } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file} can't be parsed: ${errors[0].message}`);
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1;
  const nodes = listNodes(program);
  return {
    file,
    text,
    body: program.body,
    nodes,
    lineAt,
    lineCount: text.endsWith('\n') ? starts.length - 1 : starts.length,
    commented: new Set(comments.map(({ end }) => lineAt(end - 1))),
    imports: listImports(nodes).map(({ specifier, start, names = 'all', isType = false, isDynamic = false }) => ({
      target: resolveTarget(file, specifier),
      line: lineAt(start),
      names,
      isType,
      isDynamic,
    })),
  };
}

type Kind = ESTree.Node['type'];
type NodeOf<K extends Kind> = Extract<ESTree.Node, { type: K }>;

export function nodesOf<K extends Kind>({ nodes }: Pick<Source, 'nodes'>, ...kinds: K[]): NodeOf<K>[] {
  return nodes.filter((node): node is NodeOf<K> => kinds.some((kind) => node.type === kind));
}

const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function listNodes(node: ESTree.Node): ESTree.Node[] {
  const children = Object.values(node).flat().filter(isNode);
  return [node, ...children.flatMap(listNodes)];
}

type Found = Partial<Omit<Import, 'target' | 'line'>> & { specifier: string; start: number };

function listImports(nodes: ESTree.Node[]): Found[] {
  return nodes.flatMap((node): Found[] => {
    switch (node.type) {
      case 'ImportDeclaration': {
        const { source, importKind, specifiers, start } = node;
        const areTypes = specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type');
        return literal(source, {
          start,
          names: namesOf(specifiers),
          isType: importKind === 'type' || (specifiers.length > 0 && areTypes),
        });
      }
      case 'ExportNamedDeclaration': {
        const { source, exportKind, specifiers, start } = node;
        const areTypes = specifiers.length > 0 && specifiers.every((one) => one.exportKind === 'type');
        if (source === null) return [];
        return literal(source, {
          start,
          names: specifiers.map(({ local }) => nameOf(local)),
          isType: exportKind === 'type' || areTypes,
        });
      }
      case 'ExportAllDeclaration':
        return literal(node.source, { start: node.start, isType: node.exportKind === 'type' });
      case 'ImportExpression':
        return literal(node.source, { start: node.start, isDynamic: true });
      case 'TSImportType':
        return literal(node.source, { start: node.start, isType: true });
      case 'CallExpression':
        return isRequire(node) ? literal(node.arguments[0], { start: node.start }) : [];
      default:
        return [];
    }
  });
}

function namesOf(specifiers: ESTree.ImportDeclarationSpecifier[]): string[] | 'all' {
  if (specifiers.some(({ type }) => type === 'ImportNamespaceSpecifier')) return 'all';
  return specifiers.map((one) => (one.type === 'ImportSpecifier' ? nameOf(one.imported) : 'default'));
}

export const nameOf = (node: ESTree.ModuleExportName): string => (node.type === 'Literal' ? node.value : node.name);

const literal = (node: ESTree.Node | undefined, rest: Omit<Found, 'specifier'>): Found[] =>
  node?.type === 'Literal' && typeof node.value === 'string' ? [{ specifier: node.value, ...rest }] : [];

/** `require('x')` and `createRequire(import.meta.url)('x')` */
function isRequire({ callee }: ESTree.CallExpression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  return (
    callee.type === 'CallExpression' && callee.callee.type === 'Identifier' && callee.callee.name === 'createRequire'
  );
}

/** `Date.now` of `Date.now`, and nothing of what is computed. */
export function dottedName(node: ESTree.Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier' || node.computed) return '';
  return `${dottedName(node.object)}.${node.property.name}`;
}

function resolveTarget(file: string, specifier: string): string {
  const target = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier)
      : specifier;
  return target.replace(/\.tsx?$/, '');
}
