import { describe, expect, it } from 'vitest';
import { readHouse } from './house/house';
import { NOT_YET } from './house/not-yet';
import { RULES } from './house/rules';

/** The house keeps its own rules. They are in tests/house, with a sample that breaks each. */

const house = readHouse();

describe('the house', () => {
  for (const { name, find } of RULES) {
    it(name, () => {
      const waiting = NOT_YET[name] ?? [];
      expect(find(house).filter((found) => !waiting.some((file) => found.startsWith(file)))).toEqual([]);
    });
  }
});
