import type { SyntaxNode } from '@lezer/common';
import { readLabels } from './read';
import { children, labelKey, QueryError, type Row, type Value, type Vector, withoutName } from './value';

/** https://prometheus.io/docs/prometheus/latest/querying/operators/#binary-operators */

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
};
const COMPARISON: Record<string, (a: number, b: number) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

export function binary(node: SyntaxNode, query: string, evaluate: (node: SyntaxNode) => Value): Value {
  const parts = children(node);
  const [left, operatorNode] = parts;
  const right = parts.at(-1);
  if (!left || !operatorNode || !right) throw new QueryError('bad_data', 'parse error in a binary expression');
  const operator = query.slice(operatorNode.from, operatorNode.to).toLowerCase();
  const modifier = node.getChild('MatchingModifierClause');
  if (node.getChild('BoolModifier')) throw new QueryError('bad_data', 'unsupported by this simulation: bool');
  const a = evaluate(left);
  const b = evaluate(right);
  const keyOf = matchKey(modifier, query);
  if (['or', 'and', 'unless'].includes(operator)) return combineSets(operator, [vectorOf(a), vectorOf(b)], keyOf);
  if (a.type === 'scalar' && b.type === 'scalar')
    return { type: 'scalar', value: compute(operator, [a.value, b.value]) ?? 0 };
  if (a.type === 'scalar' || b.type === 'scalar') return withScalar(operator, a, b);
  return matchOneToOne(operator, [vectorOf(a), vectorOf(b)], { keyOf, added: addedLabels(modifier, query) });
}

function vectorOf(value: Value): Vector {
  if (value.type !== 'vector')
    throw new QueryError('bad_data', `set operator not allowed in binary ${value.type} expression`);
  return value;
}

/** Labels that many rows on the left take from their one partner; null if each row has a partner of its own. */
function addedLabels(modifier: SyntaxNode | null, query: string): string[] | null {
  const group = modifier?.getChild('GroupLeft') ?? null;
  const lists = modifier?.getChildren('GroupingLabels') ?? [];
  return group && readLabels(query, lists.find(({ from }) => from > group.from) ?? null);
}

type KeyOf = (labels: Record<string, string>) => string;

/** The result, or null if a comparison drops the row. @param kept what a comparison returns */
function compute(operator: string, [a, b]: [number, number], kept = a): number | null {
  const arithmetic = ARITHMETIC[operator];
  if (arithmetic) return arithmetic(a, b);
  const comparison = COMPARISON[operator];
  if (!comparison) throw new QueryError('bad_data', `unsupported by this simulation: ${operator}`);
  return comparison(a, b) ? kept : null;
}

function withScalar(operator: string, a: Value, b: Value): Vector {
  const vector = vectorOf(a.type === 'scalar' ? b : a);
  const rows = vector.rows.flatMap(({ labels, value }): Row[] => {
    const result =
      a.type === 'scalar'
        ? compute(operator, [a.value, value], value)
        : compute(operator, [value, b.type === 'scalar' ? b.value : Number.NaN]);
    return result === null ? [] : [{ labels: operator in ARITHMETIC ? withoutName(labels) : labels, value: result }];
  });
  return { type: 'vector', rows };
}

function matchKey(modifier: SyntaxNode | null, query: string): KeyOf {
  const names = readLabels(query, modifier?.getChild('GroupingLabels') ?? null);
  const isOn = modifier?.getChild('On') != null;
  if (!isOn && names.length === 0) return (labels) => labelKey(withoutName(labels));
  const counts = (name: string) => (isOn ? names.includes(name) : name !== '__name__' && !names.includes(name));
  return (labels) => labelKey(labels, counts);
}

function combineSets(operator: string, [a, b]: [Vector, Vector], keyOf: KeyOf): Vector {
  if (operator === 'or') {
    if (a.rows.length === 0 || b.rows.length === 0) return a.rows.length === 0 ? b : a;
    const left = new Set(a.rows.map(({ labels }) => keyOf(labels)));
    return { type: 'vector', rows: [...a.rows, ...b.rows.filter(({ labels }) => !left.has(keyOf(labels)))] };
  }
  const right = new Set(b.rows.map(({ labels }) => keyOf(labels)));
  return { type: 'vector', rows: a.rows.filter(({ labels }) => right.has(keyOf(labels)) === (operator === 'and')) };
}

function matchOneToOne(
  operator: string,
  [a, b]: [Vector, Vector],
  { keyOf, added }: { keyOf: KeyOf; added: string[] | null },
): Vector {
  const partners = new Map<string, Row>();
  for (const row of b.rows) {
    const key = keyOf(row.labels);
    if (partners.has(key))
      throw new QueryError(
        'execution',
        'found duplicate series for the match group on the right hand-side of the operation',
      );
    partners.set(key, row);
  }
  const seen = new Set<string>();
  const rows = a.rows.flatMap(({ labels, value }): Row[] => {
    const key = keyOf(labels);
    const partner = partners.get(key);
    if (!partner) return [];
    if (seen.has(key) && added === null)
      throw new QueryError(
        'execution',
        'found duplicate series for the match group on the left hand-side of the operation',
      );
    seen.add(key);
    const result = compute(operator, [value, partner.value]);
    if (result === null) return [];
    const own = operator in ARITHMETIC ? withoutName(labels) : labels;
    const taken = (added ?? []).map((name) => [name, partner.labels[name] ?? '']);
    return [{ labels: { ...own, ...Object.fromEntries(taken) }, value: result }];
  });
  return { type: 'vector', rows };
}
