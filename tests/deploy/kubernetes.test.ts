import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Service } from 'kubernetes-models/v1/Service';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

/** What kustomize makes of docs/deploy/kubernetes. kubectl, which has it built in, is part of the machines that run this. */

const FOLDER = 'docs/deploy/kubernetes';
const KUBECTL = '/usr/bin/kubectl';
const KINDS = {
  ConfigMap,
  Deployment,
  Ingress,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
};

const copy = mkdtempSync(path.join(tmpdir(), 'visio-kubernetes-'));
cpSync(FOLDER, copy, { recursive: true });
afterAll(() => rmSync(copy, { recursive: true }));

const render = (name: string) =>
  parseAllDocuments(execFileSync(KUBECTL, ['kustomize', path.join(copy, name)], { encoding: 'utf8' })).map((document) =>
    document.toJS(),
  );
const oneOf = (objects: ReturnType<typeof render>, kind: string) => objects.find((object) => object.kind === kind);

describe.skipIf(!existsSync(KUBECTL))('the Kubernetes files', () => {
  it.each([
    ['base', ['ConfigMap', 'Deployment', 'Ingress', 'Namespace', 'NetworkPolicy', 'PersistentVolumeClaim', 'Service']],
    [
      'replicas',
      ['ConfigMap', 'Deployment', 'Ingress', 'Namespace', 'NetworkPolicy', 'PodDisruptionBudget', 'Service'],
    ],
  ])('%s has objects that match the schemas of their kinds, and no secret', (name, kinds) => {
    const objects = render(name);
    expect(objects.map(({ kind }) => kind).sort()).toEqual(kinds);
    for (const object of objects) new KINDS[object.kind as keyof typeof KINDS](object).validate(); // Checked above.
    for (const { kind, metadata } of objects)
      expect(kind === 'Namespace' ? metadata.name : metadata.namespace).toBe('watcher-visio');
    const deployment = oneOf(objects, 'Deployment');
    const broken = { ...deployment, spec: { ...deployment.spec, replicas: 'one' } };
    expect(() => new Deployment(broken).validate()).toThrow();
  });

  it.each(['base', 'replicas'])('%s runs without root, capabilities and a writable file system', (name) => {
    const { securityContext, containers } = oneOf(render(name), 'Deployment').spec.template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it.each(['base', 'replicas'])('%s lets nobody act, and knows which proxy to trust', (name) => {
    const objects = render(name);
    const { data, metadata } = oneOf(objects, 'ConfigMap');
    expect(data).toMatchObject({ ACTIONS: 'off', AUTH: 'keystone', TRUSTED_PROXIES: expect.any(String) });
    const [container] = oneOf(objects, 'Deployment').spec.template.spec.containers;
    // The name changes with the settings, so that a change replaces the pods.
    expect(container.envFrom).toEqual([{ configMapRef: { name: metadata.name } }]);
    expect(metadata.name).toMatch(/^watcher-visio-\w+$/);
  });

  it('one replica keeps its journal in a volume, which only one process at a time writes to', () => {
    const objects = render('base');
    const { replicas, strategy, template } = oneOf(objects, 'Deployment').spec;
    expect({ replicas, strategy }).toEqual({ replicas: 1, strategy: { type: 'Recreate' } });
    const { DATA_DIR } = oneOf(objects, 'ConfigMap').data;
    expect(template.spec.containers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: DATA_DIR });
    expect(template.spec.volumes).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: oneOf(objects, 'PersistentVolumeClaim').metadata.name },
    });
    expect(readFileSync('Dockerfile', 'utf8')).toContain(`chown 1000:1000 ${DATA_DIR}`);
  });

  it('several replicas share a cache and a database instead, and are not all taken away at once', () => {
    const objects = render('replicas');
    const { replicas, strategy, template } = oneOf(objects, 'Deployment').spec;
    expect(replicas).toBe(2);
    expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
    const [{ env, volumeMounts }] = template.spec.containers;
    const names = env.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['OS_PASSWORD_FILE', 'CACHE_URL_FILE', 'DATABASE_URL_FILE']));
    expect(oneOf(objects, 'ConfigMap').data.DATA_DIR).toBe('');
    const volumes = template.spec.volumes.map(({ name }: { name: string }) => name);
    expect([...volumes].sort()).toEqual(['ca', 'secrets']);
    expect(volumeMounts.map(({ name }: { name: string }) => name).sort()).toEqual(['ca', 'secrets']);
    const budget = oneOf(objects, 'PodDisruptionBudget').spec;
    expect(budget).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: template.metadata.labels } });
    expect(oneOf(objects, 'Ingress').metadata.annotations).toMatchObject({
      'nginx.ingress.kubernetes.io/affinity': 'cookie',
      'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
    });
    expect(oneOf(objects, 'NetworkPolicy').spec.egress).toHaveLength(3);
  });

  it.each(['base', 'replicas'])('%s is scraped by the Prometheus operator with the component for it', (name) => {
    const file = path.join(copy, name, 'kustomization.yaml');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, `${before}components: [../monitoring]\n`);
    const objects = render(name);
    writeFileSync(file, before);
    const [endpoint] = oneOf(objects, 'ServiceMonitor').spec.endpoints;
    const service = oneOf(objects, 'Service');
    expect(oneOf(objects, 'ServiceMonitor').metadata.namespace).toBe('watcher-visio');
    expect(oneOf(objects, 'ServiceMonitor').spec.selector.matchLabels).toEqual(service.metadata.labels);
    expect(service.spec.ports.map((port: { name: string }) => port.name)).toContain(endpoint.port);
    expect(existsSync(`app${endpoint.path}route.ts`)).toBe(true);
    const { volumes } = oneOf(objects, 'Deployment').spec.template.spec;
    const { secretName } = volumes.find((volume: { name: string }) => volume.name === 'secrets').secret;
    expect(endpoint.authorization.credentials.name).toBe(secretName);
  });
});
