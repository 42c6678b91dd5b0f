import { describe, expect, it } from 'vitest';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 3, servers: 20, audits: 2 });

describe('a person who asks for another attempt', () => {
  it('does not wait for the end of a pause', async () => {
    served.simulation.setFault('nova', { status: 500 });
    expect((await ask('overview')).response.status).toBe(503);
    served.simulation.setFault('nova', null);
    expect((await ask('overview')).response.status).toBe(503);
    // No reading is retried twice within two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await ask('sources', { headers: { 'x-retry': 'now' } });
    expect((await ask('overview')).response.status).toBe(200);
  });
});
