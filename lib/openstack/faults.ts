import type { HttpResponse } from '../http';

const MAX_LENGTH = 200;

/**
 * A service's own error message in one line, without addresses, paths and traces. Each service has its own format: Nova
 * {"itemNotFound": {"message"}}, Placement {"errors": [{"detail"}]}, keystonemiddleware {"error": {"message"}}, and
 * Watcher {"error_message": "<JSON text>"}.
 */
export function faultOf({ text }: HttpResponse): string {
  const [line = ''] = findMessage(parse(text), 0).split(/[\r\n]|Traceback/);
  const shown = INTERNAL.reduce((rest, [pattern, word]) => rest.replace(pattern, word), line);
  return shown.trim().replace(/\.$/, '').slice(0, MAX_LENGTH);
}

/** Internals that a service may quote, such as the address of its database. */
const INTERNAL: [RegExp, string][] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '(address)'],
  [/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, '(address)'],
  [/\[?\b(?:[0-9a-f]{1,4}:){3,}:?[0-9a-f:]*[0-9a-f]\b\]?(:\d+)?/gi, '(address)'],
  [/(?<![\w/])(?:\/[\w.-]+){2,}\/?/g, '(path)'],
];

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
