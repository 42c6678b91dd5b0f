import { describe, expect, it } from 'vitest';
import { openScene, type Scene } from './acting';
import { created } from './plans';

/** Templates, checks of parameters and what strategies propose, compared with what Watcher was seen to answer. */

const template = (scene: Scene, more: Record<string, unknown> = {}) =>
  scene.watcher('POST', 'audit_templates', {
    body: { name: 'tpl', goal: 'workload_balancing', strategy: 'workload_balance', ...more },
  });

describe('a template', () => {
  it('gives its scope to an audit, which keeps it when the template is gone', async () => {
    const scene = openScene();
    const scope = [{ compute: [{ availability_zones: [{ name: 'az-a' }] }] }];
    const { status, body } = await template(scene, { scope });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ name: 'tpl', scope, goal_name: 'workload_balancing' }),
    ]);
    const { audit } = await created(scene, { audit_type: 'ONESHOT', audit_template_uuid: 'tpl' });
    expect(audit).toMatchObject({ scope, goal: 'workload_balancing', strategy: 'workload_balance' });
    expect((await scene.watcher('DELETE', 'audit_templates/tpl')).status).toBe(204);
    expect((await scene.watcher('DELETE', 'audit_templates/tpl')).words).toBe('AuditTemplate tpl could not be found');
    expect(audit.scope).toEqual(scope);
  });

  it.each([
    [
      'no name',
      { name: undefined },
      400,
      "Invalid input for field/attribute name. Value: 'None'. Mandatory field missing.",
    ],
    [
      'a strategy of another goal',
      { strategy: 'basic' },
      400,
      "'basic' strategy does relate to the 'workload_balancing' goal.",
    ],
    ['an unknown goal', { goal: 'nonsense' }, 400, 'Goal nonsense is invalid'],
    ['a scope that it can’t read', { scope: [{ compute: [{ planets: [] }] }] }, 500, "('planets' was unexpected)"],
  ])('is refused with %s', async (_, more, status, words) => {
    const answer = await template(openScene(), more);
    expect([answer.status, answer.words]).toEqual([status, expect.stringContaining(words)]);
  });

  it('is refused twice by name', async () => {
    const scene = openScene();
    await template(scene);
    expect((await template(scene)).words).toBe('An audit_template with UUID or name tpl already exists');
  });
});

describe('the check of parameters', () => {
  const refuse = (strategy: string, goal: string, parameters: Record<string, unknown>) =>
    openScene().watcher('POST', 'audits', { body: { audit_type: 'ONESHOT', goal, strategy, parameters } });

  it.each([
    ['unknown', { nonsense: 1 }, 'Audit parameter nonsense are not allowed'],
    ['missing', {}, "Invalid parameters for strategy: 'maintenance_node' is a required property"],
    ['of a wrong type', { maintenance_node: 5 }, "Invalid parameters for strategy: 5 is not of type 'string'"],
  ])('refuses one that is %s', async (_, parameters, words) => {
    const { status, words: said } = await refuse('host_maintenance', 'cluster_maintaining', parameters);
    expect([status, said]).toEqual([400, words]);
  });

  it('refuses one out of range, which up to 2025.1 is an error of the server', async () => {
    const low = { retry_count: 0 };
    const now = await refuse('workload_stabilization', 'workload_balancing', low);
    expect([now.status, now.words]).toEqual([400, 'Invalid parameters for strategy: 0 is less than the minimum of 1']);
    const old = await scene2025(low);
    expect([old.status, old.words]).toEqual([500, '0 is less than the minimum of 1']);
  });

  const scene2025 = (parameters: Record<string, unknown>) =>
    openScene({ release: '2025.1' }).watcher('POST', 'audits', {
      body: { audit_type: 'ONESHOT', goal: 'workload_balancing', strategy: 'workload_stabilization', parameters },
    });
});

describe('what strategies propose', () => {
  const run = async (scene: Scene, [goal, strategy]: [string, string], parameters: Record<string, unknown> = {}) => {
    const { audit, plan } = await created(scene, { audit_type: 'ONESHOT', goal, strategy, parameters, force: true });
    scene.at(3);
    return { audit, types: plan()?.actions.map(({ type }) => type) ?? null };
  };

  it('disables a host and moves all of its VMs, to consolidate and to maintain', async () => {
    const packed = await run(openScene(), ['server_consolidation', 'vm_workload_consolidation']);
    expect(packed.types?.[0]).toBe('change_nova_service_state');
    expect(packed.types?.slice(1).every((type) => type === 'migrate')).toBe(true);
    const nodes = await run(openScene(), ['server_consolidation', 'node_resource_consolidation']);
    expect([nodes.types?.[0], nodes.types?.at(-1)]).toEqual(['change_nova_service_state', 'change_nova_service_state']);
    const scene = openScene();
    const { source } = scene.movers(3);
    const host = { maintenance_node: source.name };
    const emptied = await run(scene, ['cluster_maintaining', 'host_maintenance'], host);
    expect(emptied.types?.filter((type) => type === 'migrate').length).toBeGreaterThanOrEqual(3);
  });

  it('moves VMs where the scheduler wants if the backup host is too small', async () => {
    const scene = openScene();
    const { source, target: backup } = scene.movers(3);
    const targets = async () => {
      const parameters = { maintenance_node: source.name, backup_node: backup.name };
      const { audit } = await run(scene, ['cluster_maintaining', 'host_maintenance'], parameters);
      const plan = scene.simulation.cloud.plans.find(({ auditId }) => auditId === audit.id);
      return new Set(plan?.actions.flatMap(({ parameters: { destination_node: to } }) => to ?? []));
    };
    expect(await targets()).toEqual(new Set([backup.name]));
    Object.assign(backup, { ramRatio: 0.1 });
    scene.at(0);
    expect((await targets()).size).toBe(0);
  });

  it('opens a host that a consolidation disabled, and moves every VM there, to maintain another', async () => {
    const scene = openScene();
    const { source } = scene.movers(3);
    const spare = scene.simulation.cloud.hosts.find((one) => one !== source && one.up);
    if (!spare) throw new Error('There is no other host.');
    Object.assign(spare, { enabled: false, disabledReason: 'watcher_disabled', threads: 512, ramMib: 4_194_304 });
    const { audit } = await run(scene, ['cluster_maintaining', 'host_maintenance'], { maintenance_node: source.name });
    const plan = scene.simulation.cloud.plans.find(({ auditId }) => auditId === audit.id);
    const [first] = plan?.actions ?? [];
    expect(first?.parameters).toMatchObject({ state: 'enabled', resource_name: spare.name });
    const moves = plan?.actions.filter(({ type }) => type === 'migrate') ?? [];
    expect(new Set(moves.map(({ parameters }) => parameters.destination_node))).toEqual(new Set([spare.name]));
  });

  it('stops running VMs if neither live nor cold moves are allowed', async () => {
    const scene = openScene();
    const { source } = scene.movers(3);
    const parameters = { maintenance_node: source.name, disable_live_migration: true, disable_cold_migration: true };
    const { types } = await run(scene, ['cluster_maintaining', 'host_maintenance'], parameters);
    expect(types).toContain('stop');
    expect(types).not.toContain('migrate');
  });

  it('moves no more VMs off named hosts than its limits', async () => {
    const scene = openScene();
    const { source, target } = scene.movers(4);
    const parameters = { compute_nodes: [{ src_node: source.name, dst_node: target.name }] };
    const { types } = await run(scene, ['hardware_maintenance', 'zone_migration'], parameters);
    expect(types).toEqual(['migrate', 'migrate']);
  });

  it('fails, without a plan, by values that the schema lets pass', async () => {
    const wrong = [
      { host_choice: 'best' },
      { host_choice: 'retry', retry_count: 12 },
      { weights: { instance_ram_usage_weight: 1 } },
    ];
    for (const parameters of wrong) {
      const { audit, types } = await run(openScene(), ['workload_balancing', 'workload_stabilization'], parameters);
      expect([audit.state, types], JSON.stringify(parameters)).toEqual(['FAILED', null]);
    }
    const { audit } = await run(openScene(), ['cluster_maintaining', 'host_maintenance'], {
      maintenance_node: 'nowhere',
    });
    expect(audit.state).toBe('FAILED');
  });

  it('finds nothing to do where the spread is below the limit', async () => {
    const thresholds = { instance_cpu_usage: 1, instance_ram_usage: 1 };
    const { audit, types } = await run(openScene(), ['workload_balancing', 'workload_stabilization'], { thresholds });
    expect([audit.state, types]).toEqual(['SUCCEEDED', []]);
  });
});
