/**
 * Runs in front of Next in the same process: every request of the HTTP server passes the hook that the compiled part of
 * the server installs at startup (request-hook.ts). Plain JavaScript, since it runs before anything compiled.
 */
import { createRequire } from 'node:module';
import { DATA_POLICY, SECURITY_HEADERS } from './security-headers.mjs';

const http = createRequire(import.meta.url)('node:http');
const REQUEST_HOOK = Symbol.for('watcher-visio.request-hook');
/** Lets the compiled part check that this file is in place. */
globalThis[Symbol.for('watcher-visio.server-front')] = true;

const createServer = http.createServer;

/**
 * In milliseconds. Headers and bodies come at once or not at all, so that nobody holds connections and memory by being
 * slow. The longest answer takes 13 s.
 */
const LIMITS = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
};
/** Without a byte in either direction. */
const SILENCE_MS = 60_000;

http.createServer = function createServerWithHook(...given) {
  const next = given.findLast((part) => typeof part === 'function');
  if (!next) return createServer.apply(http, given);
  const withHook = (request, response) => {
    // Not set before the hook: early answers contain them, and Node then writes all headers at once.
    const goOn = (instead) => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      // The proxy gives pages their own, so that nothing else that Next makes of a page goes without one.
      response.setHeader('Content-Security-Policy', DATA_POLICY);
      if (instead) instead();
      else next(request, response);
    };
    const hook = globalThis[REQUEST_HOOK];
    if (hook) hook(request, response, goOn);
    else goOn();
  };
  const [options] = given.filter((part) => typeof part === 'object');
  const server = createServer.call(http, { ...options, ...LIMITS }, withHook);
  server.setTimeout(SILENCE_MS);
  // Nothing here uses WebSockets, and Next would forward an upgrade to whatever address it names. Without a listener,
  // Node
  // treats it as an ordinary request.
  const on = server.on;
  server.on = server.addListener = function onAllBut(event, listener) {
    return event === 'upgrade' ? this : on.call(this, event, listener);
  };
  http.createServer = createServer;
  return server;
};
