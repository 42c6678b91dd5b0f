/**
 * Where the server listens: PORT and HOSTNAME as in Next, or `--listen` where something else sets HOSTNAME, from the
 * environment or from `.env.local` and `.env`. Plain JavaScript, since it runs before anything compiled.
 */
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { readSettingsFiles } from './settings-files.mjs';

/** EX_CONFIG in sysexits.h: the program is not configured correctly. */
const EX_CONFIG = 78;
const LAST_PORT = 65_535;

/** Reads the settings files too, and sets both variables for Next. Exits if the port is no number. */
export function readListenAddress() {
  readSettingsFiles();
  const { values } = parseArgs({ options: { listen: { type: 'string' } } });
  if (values.listen) process.env.HOSTNAME = values.listen;
  // Shells and containers set HOSTNAME to the machine's own name, which is not meant as an address to listen on.
  if (!process.env.HOSTNAME || process.env.HOSTNAME === hostname()) process.env.HOSTNAME = '127.0.0.1';
  process.env.PORT ||= '3000';
  const { HOSTNAME: host, PORT: port } = process.env;
  // Next would listen on 3000 instead.
  if (!/^\d+$/.test(port) || Number(port) > LAST_PORT) stop(EX_CONFIG, `PORT must be a number from 0 to ${LAST_PORT}.`);
  return { host, port: Number(port) };
}

/** Exits with one sentence if nothing can listen there. */
export async function requireFreePort({ host, port }) {
  const code = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
  const other = port === 8080 ? 8081 : 8080;
  if (code === 'EADDRINUSE')
    stop(1, `Port ${port} on ${host} is in use by another program. Choose another one with PORT=${other}.`);
  if (code === 'EACCES') stop(1, `This user may not listen on port ${port}. Choose another one with PORT=${other}.`);
  if (code !== null) stop(1, `The server can't listen on ${host}, port ${port} (${code}). Check HOSTNAME and PORT.`);
}

function stop(code, sentence) {
  console.error(sentence);
  process.exit(code);
}
