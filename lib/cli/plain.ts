import { showBidi } from '@/lib/bidi';

// biome-ignore lint/suspicious/noControlCharactersInRegex: it removes control characters
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** Text from the cloud without characters that a terminal would obey. */
export const plain = (text: string): string => showBidi(text).replace(CONTROL, ' ');
