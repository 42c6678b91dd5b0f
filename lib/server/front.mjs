/**
 * Stands in front of Next in the same process: every request of the HTTP server goes through the door that the compiled
 * part of the server hangs here when it begins (door.ts). Plain JavaScript, since it runs before anything compiled.
 */
import { createRequire } from 'node:module';
import { SECURITY_HEADERS } from './security-headers.mjs';

const http = createRequire(import.meta.url)('node:http');
const DOOR = Symbol.for('watcher-visio.door');
/** Tells the compiled part that this file is in place. */
globalThis[Symbol.for('watcher-visio.front')] = true;

const createServer = http.createServer;

http.createServer = function createServerWithDoor(...given) {
  const next = given.findLast((part) => typeof part === 'function');
  if (!next) return createServer.apply(http, given);
  const through = (request, response) => {
    // Not before the door: an answer from there has them already, and Node writes them in one go.
    const enter = () => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      next(request, response);
    };
    const door = globalThis[DOOR];
    if (door) door(request, response, enter);
    else enter();
  };
  const server = createServer.apply(
    http,
    given.map((part) => (part === next ? through : part)),
  );
  // Nothing here speaks WebSocket. Next would pass an upgrade on to wherever its address says; without a listener Node
  // treats it as any other request.
  const on = server.on;
  server.on = server.addListener = function onAllBut(event, listener) {
    return event === 'upgrade' ? this : on.call(this, event, listener);
  };
  http.createServer = createServer;
  return server;
};
