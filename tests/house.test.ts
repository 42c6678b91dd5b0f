import { describe, expect, it } from 'vitest';
import { readHouse } from './house/house';
import { RULES } from './house/rules';

/** The house keeps its own rules. They are in tests/house, with a sample that breaks each. */

const house = readHouse();

describe('the house', () => {
  for (const { name, find } of RULES) {
    it(name, () => {
      expect(find(house)).toEqual([]);
    });
  }
});
