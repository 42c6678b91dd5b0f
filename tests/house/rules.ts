import { ADDRESS_RULES } from './rules/addresses';
import { CODE_RULES } from './rules/code';
import { EXPORT_RULES } from './rules/exports';
import { FILE_RULES } from './rules/files';
import { IMPORT_RULES } from './rules/imports';
import { LOOK_RULES } from './rules/looks';
import { SHEET_RULES } from './rules/sheets';
import { TOKEN_RULES } from './rules/tokens';
import { TOOL_RULES } from './rules/tools';
import { WRITE_RULES } from './rules/writes';

export const RULES = [
  ...IMPORT_RULES,
  ...TOOL_RULES,
  ...CODE_RULES,
  ...EXPORT_RULES,
  ...FILE_RULES,
  ...LOOK_RULES,
  ...ADDRESS_RULES,
  ...SHEET_RULES,
  ...TOKEN_RULES,
  ...WRITE_RULES,
];
