import { Badge, type Tone } from './badge';

const WORDS = {
  ok: { tone: 'ok', word: 'ok' },
  error: { tone: 'error', word: 'error' },
  mock: { tone: 'mock', word: 'mock data' },
  checking: { tone: 'plain', word: 'checking' },
} as const satisfies Record<string, { tone: Tone; word: string }>;

/** A source and how it is doing, as a shape and a word. */
export function SourceBadge({ name, status }: { name: string; status: keyof typeof WORDS }) {
  const { tone, word } = WORDS[status];
  return <Badge tone={tone}>{`${name} ${word}`}</Badge>;
}
