/** What services say about failures, made safe to show. */

type Answer = { text: string; headers: Headers };

const MAX_LENGTH = 200;

/**
 * A service's own error message in one line, without addresses, paths, traces, HTML and the given secrets; empty if it says
 * nothing beyond the status. Each service has its own format: Nova {"itemNotFound": {"message"}}, Placement
 * {"errors": [{"detail"}]}, keystonemiddleware {"error": {"message"}}, Watcher and Aetos {"error_message": …}, Mimir plain text.
 */
export function faultOf({ text, headers }: Answer, secrets: string[] = []): string {
  const json = parse(text);
  const isPlain = json === undefined && headers.get('content-type')?.startsWith('text/plain') === true;
  const message = isPlain ? text : findMessage(json, 0);
  // A page within a message has its words for people anywhere.
  if (PAGE.test(message)) return '';
  const [line = ''] = message.trim().split(/[\r\n]|Traceback/);
  const hidden = secrets
    .filter(({ length }) => length > 0)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), line);
  const shown = INTERNAL.reduce((rest, [pattern, word]) => rest.replace(pattern, word), hidden)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
  return SAYS_NOTHING.test(shown) ? '' : shown.slice(0, MAX_LENGTH);
}

/** The end of a sentence about a status that the API itself did not send; null if it did. */
export function reasonOf({ text, headers }: Answer): string | null {
  if (/plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server/i.test(text))
    return ': it speaks TLS there, so the address must begin with https://';
  const isPage = headers.get('content-type')?.startsWith('text/html') === true || /^\s*</.test(text);
  return isPage ? ' with a web page: a proxy in front of it answers, or a page about maintenance' : null;
}

const PAGE = /^\s*<|<(?:!doctype|html|head|body|script|style)\b/i;

/** Keystone's words for any refusal, and the phrase of a status. */
const SAYS_NOTHING =
  /requires authentication|access was denied to this resource|could not verify that you are authorized|^(?:\d{3}:? ?)?(?:unauthorized|forbidden|not found|bad request|internal server error|bad gateway|service unavailable|gateway time-?out|too many requests)?$/i;

/** Markup, and internals that a service may quote, such as the address of its database. */
const INTERNAL: [RegExp, string][] = [
  [/<\/?[a-z][^<>]*>/gi, ' '],
  [/&(?:lt|gt|amp|quot|#39|#x27);/gi, "'"],
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
