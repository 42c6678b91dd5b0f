import type { House, Rule } from '../house';
import { nodesOf } from '../source';
import { TOKENS } from './sheets';

/** Rules about what reaches the page. */

const BANNED_ATTRIBUTES: Record<string, string> = {
  style: 'the content security policy drops it; use a class, or an SVG attribute for lengths that come from data',
  dangerouslySetInnerHTML: 'data must never become markup; render elements',
};

const noBannedAttributes: Rule = {
  name: 'no element has a style attribute or raw HTML',
  find: ({ sources }) =>
    sources.flatMap((source) =>
      nodesOf(source, 'JSXAttribute').flatMap(({ name, start }) => {
        const instead = name.type === 'JSXIdentifier' ? BANNED_ATTRIBUTES[name.name] : undefined;
        return instead ? [`${source.file}:${source.lineAt(start)} sets ${String(name.name)}: ${instead}`] : [];
      }),
    ),
};

/** `#fff` or `rgb(0 …`. */
const COLOUR = /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(\s*[\d.]/i;

const coloursHaveNames: Rule = {
  name: 'colours are defined in one style sheet',
  find: (house) => [...coloursInSheets(house), ...coloursInCode(house)],
};

const colourMessage = (colour: string) => `contains ${colour}: use a colour token from ${TOKENS}, or add one there`;

function coloursInSheets({ sheets }: House): string[] {
  return sheets
    .filter(({ file }) => file !== TOKENS)
    .flatMap(({ file, text }) =>
      text.split('\n').flatMap((line, at) => {
        const [colour] = COLOUR.exec(line) ?? [];
        return colour ? [`${file}:${at + 1} ${colourMessage(colour)}`] : [];
      }),
    );
}

function coloursInCode({ sources }: House): string[] {
  return sources
    .filter(({ file }) => /^(app|components)\//.test(file))
    .flatMap((source) =>
      nodesOf(source, 'Literal', 'TemplateElement').flatMap((node) => {
        const text = node.type === 'Literal' ? node.value : node.value.raw;
        const [colour] = (typeof text === 'string' && COLOUR.exec(text)) || [];
        return colour ? [`${source.file}:${source.lineAt(node.start)} ${colourMessage(colour)}`] : [];
      }),
    );
}

export const LOOK_RULES = [noBannedAttributes, coloursHaveNames];
