import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import type { HostServer } from '@/lib/contract/v1/hosts';
import type { ProjectOfMove } from '@/lib/contract/v1/projects';
import { ask, servedCloud } from './served-cloud';

const served = servedCloud({ hosts: 24, servers: 200 });
const IDENTITY = 'http://cloud.test/identity/v3';
const HOST = { name: 'cmp-r01-04' };

const serversOfHost = async (): Promise<HostServer[]> => (await ask('host', { params: HOST })).body.servers;
const deny = (...paths: string[]) =>
  served.server.use(
    ...paths.map((path) => http.get(`${IDENTITY}/${path}`, () => new HttpResponse('', { status: 403 }))),
  );

describe('whose a VM is', () => {
  it('has a name and a domain wherever a VM is named', async () => {
    const { projects } = served.simulation.cloud;
    const servers = await serversOfHost();
    expect(servers.length).toBeGreaterThan(3);
    for (const { project_id: id, ...server } of servers) {
      const project = projects.find((one) => one.id === id);
      expect(server).toMatchObject({
        project_name: project?.name,
        project_domain: project?.domain.name,
        project_reason: null,
      });
    }
    const audit = (await ask('audit', { params: { id: 'stabilize-production' } })).body;
    expect(audit.migrations.length).toBeGreaterThan(3);
    for (const move of audit.migrations) expect(move.project_name).not.toBeNull();
    const plan = audit.plans.find(({ shown }: { shown: boolean }) => shown);
    const { scene } = (await ask('planReview', { params: { id: audit.audit.id, plan: plan.id } })).body;
    const named = new Set(scene.projects.names.map(({ id }: { id: string }) => id));
    for (const { project_id: id } of scene.vms) expect(named).toContain(id);
    const { csv, markdown } = (await ask('planExport', { params: { id: audit.audit.id, plan: plan.id } })).body;
    expect(csv.split('\n')[0]).toContain('project_id,project');
    expect(markdown).toContain('| Project |');
  });

  it('is null with the reason where this account may list only its own projects', async () => {
    deny('projects', 'domains');
    for (const server of await serversOfHost())
      expect(server).toMatchObject({
        project_name: null,
        project_domain: null,
        project_reason: expect.stringContaining('lets this account see only its own projects'),
      });
  });

  it('keeps the name where only domains are denied', async () => {
    deny('domains');
    const [first] = await serversOfHost();
    expect([first?.project_name === null, first?.project_domain, first?.project_reason]).toEqual([false, null, null]);
  });

  it('is null with the reason while Keystone fails, and nothing else is missing', async () => {
    served.server.use(http.get(`${IDENTITY}/projects`, () => new HttpResponse('', { status: 500 })));
    const { response, body } = await ask('host', { params: HOST });
    expect(response.status).toBe(200);
    expect(body.servers[0].project_reason).toBe('Keystone returned 500 for projects.');
  });

  it('has no project where the VM is gone', async () => {
    const { audits } = (await ask('auditList')).body;
    const owners: ProjectOfMove[] = [];
    for (const { id } of audits) owners.push(...(await ask('audit', { params: { id } })).body.migrations);
    const gone = owners.filter(({ project_id: id }) => id === null);
    for (const { project_reason: reason } of gone) expect(reason).toBe('Nova has no VM with this id.');
    expect(gone.length).toBeLessThan(owners.length);
  });
});
