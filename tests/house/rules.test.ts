import { describe, expect, it } from 'vitest';
import { openHouse } from './house';
import { RULES } from './rules';
import { SAMPLES } from './samples';

/** Every rule can fail: each is broken once, and says where and what to do instead. */

describe('a rule of the house', () => {
  it.each(RULES.map(({ name }) => name))('has a sample: %s', (name) => {
    expect(SAMPLES).toHaveProperty([name]);
  });

  it.each(Object.entries(SAMPLES))('fails where it is broken: %s', (name, { breaks, says, keeps }) => {
    const rule = RULES.find((one) => one.name === name);
    expect(rule?.find(openHouse(breaks))).toEqual(expect.arrayContaining([says].flat()));
    if (Object.keys(keeps).length > 0) expect(rule?.find(openHouse(keeps))).toEqual([]);
  });
});
