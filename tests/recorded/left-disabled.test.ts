import { expect, it } from 'vitest';
import { ask } from '../routes/served-cloud';
import { recordedCloud } from './replay';

const cloud = recordedCloud('2026.2');

const leftDisabled = async () => {
  const { checks } = (await ask('doctor')).body;
  return checks.find(({ id }: { id: string }) => id === 'left-disabled');
};

it('finds a host that Watcher left disabled, not one that an admin disabled', async () => {
  expect(await leftDisabled()).toMatchObject({ status: 'ok' });
});

it('names it, with its reason and what to do', async () => {
  const [first] = cloud.recorded.hypervisors;
  Object.assign(first ?? {}, { status: 'disabled' });
  Object.assign(first?.service ?? {}, { disabled_reason: 'watcher_maintaining' });
  const check = await leftDisabled();
  expect(check).toMatchObject({
    status: 'warning',
    details: [expect.stringMatching(new RegExp(`^${first?.service.host}: watcher_maintaining; it was drained`))],
    fix: expect.stringContaining('openstack compute service set --enable'),
  });
});
