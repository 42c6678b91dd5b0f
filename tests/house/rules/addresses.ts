import type { ESTree } from 'vite';
import type { Rule } from '../house';
import { nodesOf } from '../source';

/** Everything may be below a path of its host. Next adds it to its own links and redirects, and to nothing else. */

const ADDRESSED: Record<string, string> = { a: 'href', form: 'action', iframe: 'src', img: 'src', object: 'data' };

/** `#main`, `https://…` and `data:…` lead to none of our paths. */
const isElsewhere = (text: string): boolean => /^(#|[a-z]+:)/i.test(text);

function leadsWithout(value: ESTree.JSXAttribute['value']): boolean {
  if (value === null || value === undefined) return false;
  if (value.type === 'Literal') return typeof value.value === 'string' && !isElsewhere(value.value);
  if (value.type !== 'JSXExpressionContainer') return false;
  const { expression } = value;
  if (expression.type === 'TemplateLiteral') return !isElsewhere(expression.quasis[0]?.value.raw ?? '');
  if (expression.type !== 'CallExpression') return true;
  return !(expression.callee.type === 'Identifier' && expression.callee.name === 'withBase');
}

const addressesHaveTheBasePath: Rule = {
  name: 'addresses outside links have the base path',
  find: ({ sources }) =>
    sources.flatMap((source) =>
      nodesOf(source, 'JSXOpeningElement').flatMap(({ name, attributes }) => {
        if (name.type !== 'JSXIdentifier') return [];
        return attributes.flatMap((attribute) =>
          attribute.type === 'JSXAttribute' &&
          attribute.name.name === ADDRESSED[name.name] &&
          leadsWithout(attribute.value)
            ? [
                `${source.file}:${source.lineAt(attribute.start)} sets ${attribute.name.name} of <${name.name}>: use Link, or withBase of lib/base-path.ts`,
              ]
            : [],
        );
      }),
    ),
};

export const ADDRESS_RULES = [addressesHaveTheBasePath];
