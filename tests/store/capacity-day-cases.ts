import { expect, it } from 'vitest';
import type { CapacityDay } from '@/lib/store/capacity-days';
import type { Store } from '@/lib/store/store';

/** How the days of a region are kept on every database. */

const dayOf = (day: number, more: Partial<CapacityDay> = {}): CapacityDay => ({
  zone: 'az-a',
  resource: 'vcpu',
  day,
  used: 10,
  capacity: 40,
  ...more,
});

/** @param open a store with an empty database */
export function capacityDayCases(open: () => Store): void {
  it('keeps the last state of a day for each region, zone and resource', async () => {
    const { capacityDays: days, close } = open();
    await days.note('one', [dayOf(20_000), dayOf(20_000, { zone: 'az-b', resource: 'ram', used: 8_589_934_592 })]);
    await days.note('one', [dayOf(20_000, { used: 12 }), dayOf(20_001)]);
    await days.note('two', [dayOf(20_000, { used: 99 })]);
    const kept = await days.list('one', 20_000);
    expect(kept).toHaveLength(3);
    expect(kept).toContainEqual(dayOf(20_000, { used: 12 }));
    expect(kept).toContainEqual(dayOf(20_000, { zone: 'az-b', resource: 'ram', used: 8_589_934_592 }));
    expect(await days.list('two', 20_000)).toEqual([dayOf(20_000, { used: 99 })]);
    await close();
  });

  it('lists the days since one, the oldest first', async () => {
    const { capacityDays: days, close } = open();
    await days.note('one', [dayOf(20_003), dayOf(20_001), dayOf(20_002)]);
    expect((await days.list('one', 20_002)).map(({ day }) => day)).toEqual([20_002, 20_003]);
    await close();
  });

  it('forgets days that are more than 400 days old', async () => {
    const { capacityDays: days, close } = open();
    await days.note('one', [dayOf(20_000), dayOf(20_001)]);
    await days.note('one', [dayOf(20_401)]);
    expect((await days.list('one', 0)).map(({ day }) => day)).toEqual([20_001, 20_401]);
    await close();
  });

  it('takes more zones in one go than a statement has room for', async () => {
    const { capacityDays: days, close } = open();
    await days.note(
      'one',
      Array.from({ length: 6_000 }, (_, i) => dayOf(20_000, { zone: `az-${i}` })),
    );
    expect(await days.list('one', 0)).toHaveLength(6_000);
    await close();
  });
}
