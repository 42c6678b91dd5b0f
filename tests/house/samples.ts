import type { Sample } from './house';
import { ADDRESS_SAMPLES } from './samples/addresses';
import { CODE_SAMPLES } from './samples/code';
import { EXPORT_SAMPLES } from './samples/exports';
import { FILE_SAMPLES } from './samples/files';
import { IMPORT_SAMPLES } from './samples/imports';
import { LOOK_SAMPLES } from './samples/looks';
import { SHEET_SAMPLES } from './samples/sheets';
import { TOKEN_SAMPLES } from './samples/tokens';
import { TOOL_SAMPLES } from './samples/tools';
import { WRITE_SAMPLES } from './samples/writes';

/** By the name of the rule. */
export const SAMPLES: Record<string, Sample> = {
  ...ADDRESS_SAMPLES,
  ...CODE_SAMPLES,
  ...EXPORT_SAMPLES,
  ...FILE_SAMPLES,
  ...IMPORT_SAMPLES,
  ...LOOK_SAMPLES,
  ...SHEET_SAMPLES,
  ...TOKEN_SAMPLES,
  ...TOOL_SAMPLES,
  ...WRITE_SAMPLES,
};
