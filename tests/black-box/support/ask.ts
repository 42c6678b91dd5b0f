import { request } from 'node:http';
import { connect } from 'node:net';

/** Requests with exactly these headers, also those that `fetch` does not send, such as Host. */

export type Answered = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
export type Asked = { method?: string; headers?: Record<string, string>; body?: string; from?: string };

/** @param from the address of this machine to ask from */
export const ask = (port: number, path: string, { method = 'GET', headers, body, from }: Asked = {}) =>
  new Promise<Answered>((resolve, reject) => {
    const options = { port, host: '127.0.0.1', localAddress: from, path, headers, method, agent: false };
    request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    })
      .on('error', reject)
      .end(body);
  });

/** Sends text as it is, and returns what comes back until the server closes or `ms` have passed. */
export const sendText = (port: number, text: string, ms = 2_000) =>
  new Promise<{ text: string; closed: boolean }>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let got = '';
    const end = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text: got, closed });
    };
    const timer = setTimeout(() => end(false), ms);
    socket.on('data', (chunk) => {
      got += chunk;
    });
    socket.on('close', () => end(true));
    socket.on('error', () => end(true));
    socket.write(text);
  });

/** The form of the sign-in page, as a browser sends it. */
export const signInForm = (fields: Record<string, string>, headers: Record<string, string> = {}): Asked => ({
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    ...headers,
  },
  body: new URLSearchParams({ domain: 'Default', next: '/', ...fields }).toString(),
});
