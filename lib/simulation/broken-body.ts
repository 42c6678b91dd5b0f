import { MIB } from '@/lib/units';
import { ConnectionReset, type Fault } from './faults';
import type { Reply } from './wire';

/** The response for a reply, with its body broken as the fault says. */
export function toResponse({ status, body, headers }: Reply, isHead: boolean, fault: Fault | null): Response {
  const init = { status, headers: { 'content-type': 'application/json', ...headers } };
  // HTTP allows no body for these.
  if (isHead || [204, 205, 304].includes(status)) return new Response(null, init);
  if (fault?.bigBytes !== undefined) return new Response(bigBody(fault.bigBytes), { ...init, status: 200 });
  const value = fault?.wrongTypes && typeof body === 'object' ? withWrongTypes(body) : body;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (fault?.truncate) return new Response(text.slice(0, text.length / 2), init);
  if (fault?.resetBody) return new Response(halfBody(text), init);
  if (fault?.dripMs !== undefined) return new Response(slowBody(text, fault.dripMs), init);
  return new Response(text, init);
}

/** The same shape with wrong types: text for numbers, numbers for text. */
function withWrongTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withWrongTypes);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withWrongTypes(inner)]));
  if (typeof value === 'number') return 'many';
  return typeof value === 'string' ? 7 : [value];
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function halfBody(text: string): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) controller.enqueue(bytesOf(text.slice(0, Math.max(1, text.length / 2))));
      else {
        // Wait until the first half has been sent.
        await new Promise((resolve) => setTimeout(resolve, 10));
        controller.error(new ConnectionReset());
      }
      sent = true;
    },
  });
}

const PIECES = 40;

function slowBody(text: string, dripMs: number): ReadableStream<Uint8Array> {
  const bytes = bytesOf(text);
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, dripMs));
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
      if (at >= bytes.length) controller.close();
    },
  });
}

/** Valid JSON of at least the given length in bytes. */
function bigBody(length: number): ReadableStream<Uint8Array> {
  const piece = bytesOf('x'.repeat(MIB));
  let sent = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytesOf('{"padding":"')),
    pull(controller) {
      if (sent >= length) {
        controller.enqueue(bytesOf('"}'));
        controller.close();
        return;
      }
      controller.enqueue(piece);
      sent += piece.length;
    },
  });
}
