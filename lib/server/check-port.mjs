/** The first step of `npm run demo`: says that the port is in use before a minute of building, not after it. */
import { readListenAddress, requireFreePort } from './listen-address.mjs';

await requireFreePort(readListenAddress());
