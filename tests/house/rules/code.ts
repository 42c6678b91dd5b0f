import type { ESTree } from 'vite';
import type { House, Rule } from '../house';
import { dottedName, nodesOf, type Source } from '../source';

/** Rules about how code is written. */

const all = ({ sources, tests }: House): Source[] => [...sources, ...tests];
const house = ({ sources }: House): Source[] => sources;

type Finding = { start: number; what: string };

/** @param find what breaks the rule in one file; `what` follows the place in the message */
const inEach = (name: string, files: (house: House) => Source[], find: (source: Source) => Finding[]): Rule => ({
  name,
  find: (given) =>
    files(given).flatMap((source) =>
      find(source).map(({ start, what }) => `${source.file}:${source.lineAt(start)} ${what}`),
    ),
});

const MOST_PARAMETERS = 3;
const fewParameters = inEach('functions take at most three positional parameters', all, (source) => {
  // The parameters of a callback are decided by the function that calls it.
  const callbacks = new Set<ESTree.Node>(nodesOf(source, 'CallExpression').flatMap((call) => call.arguments));
  return nodesOf(source, 'FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression')
    .filter((node) => !callbacks.has(node))
    .map(({ params, start }) => ({ start, count: params.filter((one) => !isThis(one) && !isOptions(one)).length }))
    .filter(({ count }) => count > MOST_PARAMETERS)
    .map(({ start, count }) => ({
      start,
      what: `takes ${count} parameters: pass the later ones as an object with named fields`,
    }));
});

const isThis = (node: ESTree.ParamPattern) => node.type === 'Identifier' && node.name === 'this';

/** `options = {}` has names already, and may be left out. */
const isOptions = (node: ESTree.ParamPattern) =>
  node.type === 'AssignmentPattern' && node.right.type === 'ObjectExpression' && node.right.properties.length === 0;

const noAny = inEach('no type is any', house, (source) =>
  nodesOf(source, 'TSAnyKeyword').map(({ start }) => ({
    start,
    what: 'uses any: use unknown and check it, or write the type',
  })),
);

/** A comment that ends this many lines above a cast, at most, is about it. */
const REACH = 3;

const castsAreExplained = inEach('every cast has a comment that explains it', house, (source) =>
  nodesOf(source, 'TSAsExpression')
    .filter(({ typeAnnotation }) => source.text.slice(typeAnnotation.start, typeAnnotation.end) !== 'const')
    .filter(({ start, end }) => {
      const from = source.lineAt(start) - REACH;
      const lines = Array.from({ length: source.lineAt(end) - from + 1 }, (_, at) => from + at);
      return !lines.some((line) => source.commented.has(line));
    })
    .map(({ start }) => ({
      start,
      what: 'casts without a comment: explain above it why the cast is right, or narrow the type',
    })),
);

const CLOCKS = ['Date.now', 'performance.now', 'performance.timeOrigin', 'Math.random', 'crypto.randomUUID'];
const TIMERS = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'Date'];

/** What a node reads of the clock or of chance; nothing for most. */
function chanceIn(node: ESTree.Node): string {
  if (node.type === 'NewExpression')
    return dottedName(node.callee) === 'Date' && node.arguments.length === 0 ? 'new Date()' : '';
  const name = node.type === 'CallExpression' ? dottedName(node.callee) : dottedName(node);
  return (node.type === 'CallExpression' ? TIMERS : CLOCKS).includes(name) ? name : '';
}

const domainHasNoClock = inEach(
  'the domain uses no clock, randomness or timer',
  ({ sources }) => sources.filter(({ file }) => file.startsWith('lib/domain/')),
  ({ nodes }) =>
    nodes.flatMap((node) => {
      const used = chanceIn(node);
      return used ? [{ start: node.start, what: `uses ${used}: take the time or the value as a parameter` }] : [];
    }),
);

/** Every record has `constructor` and `__proto__`, too, which an address may name. */
const pagesLookUpInMaps = inEach(
  'pages look up in a Map what an address names',
  ({ sources }) => sources.filter(({ file }) => file.startsWith('app/')),
  (source) =>
    nodesOf(source, 'MemberExpression')
      .filter(({ computed, object, property }) => computed && isTable(object) && property.type !== 'Literal')
      .map(({ start }) => ({ start, what: 'indexes a table by a value: use a Map, which has only its own keys' })),
);

const isTable = (node: ESTree.Node) => node.type === 'Identifier' && /^[A-Z][A-Z\d_]+$/.test(node.name);

export const CODE_RULES = [fewParameters, noAny, castsAreExplained, domainHasNoClock, pagesLookUpInMaps];
