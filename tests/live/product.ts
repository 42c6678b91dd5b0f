import { z } from 'zod';
import { ENDPOINTS, type EndpointName } from '@/lib/contract/endpoints';
import { ANSWERS } from '@/lib/dashboard/answers';

type Body<E extends EndpointName> = z.output<(typeof ENDPOINTS)[E]['answer']>;

/** The response of an endpoint, held against its schema: from the server at VISIO_URL, else from this process. */
export async function get<E extends EndpointName>(
  name: E,
  query = '',
  params: Record<string, string> = {},
): Promise<Body<E>> {
  const path = Object.entries(params).reduce(
    (address, [key, value]) => address.replace(`{${key}}`, encodeURIComponent(value)),
    ENDPOINTS[name].path as string,
  );
  const server = process.env.VISIO_URL?.replace(/\/$/, '');
  const ask = () =>
    server
      ? fetch(`${server}${path}${query}`)
      : ANSWERS[name](new Request(`http://visio.test${path}${query}`), { params: Promise.resolve(params) });
  let response = await ask();
  // The first reading may take longer than a request waits.
  for (let tries = 0; response.status === 503 && tries < 30; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    response = await ask();
  }
  const body = await response.json();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${JSON.stringify(body).slice(0, 300)}`);
  return z.decode<z.ZodType>(ENDPOINTS[name].answer, body) as Body<E>;
}
