/**
 * What `npm start` runs. The rest is imported only after the check: an older Node.js could not even parse it, and a static
 * import would be parsed first.
 */
import './node-version.mjs';

import('./production.mjs');
