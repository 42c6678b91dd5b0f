/**
 * What `npm start` runs. The rest is imported after the check, since an older Node.js could not parse it, and static
 * imports are parsed first.
 */
import './node-version.mjs';

import('./production.mjs');
