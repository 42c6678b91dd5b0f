import 'server-only';

/** The body as text; null if it is longer than allowed or never comes to its end. @param most bytes */
export async function readBody(request: Request, most: number): Promise<string | null> {
  const reader = request.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > most) {
        await reader.cancel();
        return null;
      }
      chunks.push(value);
    }
  } catch {
    // The client has gone.
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}
