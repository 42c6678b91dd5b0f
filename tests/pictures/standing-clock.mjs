/**
 * Imported before a server (NODE_OPTIONS=--import …): its clock stands at the time in CLOCK_FILE, in its threads too, until that
 * file has another one. So the demo shows the same at any hour and on any machine. Timers go on.
 */
import { readFileSync } from 'node:fs';

const LOOK_MS = 50;

const read = () => Date.parse(readFileSync(process.env.CLOCK_FILE ?? '', 'utf8'));

let at = read();
if (Number.isNaN(at)) throw new Error('CLOCK_FILE must have a time, such as 2026-11-30T10:00:00Z.');
// A file that is just being written has none.
setInterval(() => {
  at = read() || at;
}, LOOK_MS).unref();

Date.now = () => at;
// A proxy, since Next copies the properties of Date, which a subclass would not have as its own.
globalThis.Date = new Proxy(Date, {
  construct: (target, parts, made) => Reflect.construct(target, parts.length === 0 ? [at] : parts, made),
});
