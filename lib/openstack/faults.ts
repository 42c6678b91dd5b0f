import type { HttpAnswer } from '../http';

const MAX_LENGTH = 200;

/**
 * The one line in which a service says what went wrong, fit for people: no address, no trace. Each service has a form of
 * its own: Nova {"itemNotFound": {"message"}}, Placement {"errors": [{"detail"}]}, keystonemiddleware {"error":
 * {"message"}}, and Watcher {"error_message": "<JSON text>"}.
 */
export function faultOf({ text }: HttpAnswer): string {
  const message = findMessage(parse(text), 0);
  return (
    message
      .replace(/https?:\/\/\S+/g, '(address)')
      .split(/\r?\n|Traceback/)[0]
      ?.trim()
      .replace(/\.$/, '')
      .slice(0, MAX_LENGTH) ?? ''
  );
}

const KEYS = ['faultstring', 'message', 'detail', 'description', 'title', 'error_message', 'errors', 'error'];
const MAX_DEPTH = 4;

function findMessage(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH || value === null || value === undefined) return '';
  if (typeof value === 'string') {
    const nested = parse(value);
    return typeof nested === 'object' && nested !== null ? findMessage(nested, depth + 1) : depth === 0 ? '' : value;
  }
  if (Array.isArray(value)) return findMessage(value[0], depth + 1);
  if (typeof value !== 'object') return '';
  const entries = new Map(Object.entries(value));
  for (const key of KEYS) {
    const message = entries.has(key) ? findMessage(entries.get(key), depth + 1) : '';
    if (message) return message;
  }
  const only = entries.size === 1 ? [...entries.values()][0] : undefined;
  return typeof only === 'object' ? findMessage(only, depth + 1) : '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
