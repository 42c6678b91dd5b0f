import { CODE_RULES } from './code';
import { EXPORT_RULES } from './exports';
import { FILE_RULES } from './files';
import { IMPORT_RULES } from './imports';
import { LOOK_RULES } from './looks';
import { TOOL_RULES } from './tools';

export const RULES = [...IMPORT_RULES, ...TOOL_RULES, ...CODE_RULES, ...EXPORT_RULES, ...FILE_RULES, ...LOOK_RULES];
