/** The command line without a build, for `npm run doctor`: tsx compiles it. Settings come before whatever reads one. */
import { readSettingsFiles } from '../server/settings-files.mjs';

readSettingsFiles();
await import('./main.ts');
