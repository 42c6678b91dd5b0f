import type { SyntaxNode } from '@lezer/common';
import type { Matcher } from './series';
import { QueryError } from './value';

/** Converts leaves of the syntax tree to values. */

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Returns milliseconds. */
export function readDuration(query: string, node: SyntaxNode | null): number {
  const text = node ? query.slice(node.from, node.to) : '';
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)];
  if (parts.length === 0 && /^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (parts.length === 0) throw new QueryError('bad_data', `not a valid duration: ${text}`);
  return parts.reduce((sum, [, amount, unit = 's']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
}

export function readString(literal: string): string {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) return body;
  return body.replace(/\\(.)/g, (_, escaped: string) => ({ n: '\n', t: '\t', r: '\r' })[escaped] ?? escaped);
}

export function readLabels(query: string, node: SyntaxNode | null): string[] {
  return node ? node.getChildren('LabelName').map(({ from, to }) => query.slice(from, to)) : [];
}

export function readMatchers(query: string, node: SyntaxNode | null): Matcher[] {
  return (node?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => {
    const part = (name: string) => {
      const child = matcher.getChild(name);
      return child ? query.slice(child.from, child.to) : '';
    };
    const name = part('LabelName');
    const value = readString(part('StringLiteral'));
    switch (part('MatchOp')) {
      case '=':
        return { name, matches: (text) => text === value };
      case '!=':
        return { name, matches: (text) => text !== value };
      case '=~': {
        const pattern = anchored(value);
        return { name, matches: (text) => pattern.test(text) };
      }
      default: {
        const pattern = anchored(value);
        return { name, matches: (text) => !pattern.test(text) };
      }
    }
  });
}

/** Prometheus anchors its regular expressions at both ends. */
export function anchored(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 's');
  } catch {
    throw new QueryError('bad_data', `error parsing regexp: ${pattern}`);
  }
}
