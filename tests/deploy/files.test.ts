import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { envSchema } from '@/lib/env';

/** The deployment files must agree with the program they deploy. */

const FOLDER = 'docs/deploy';
const read = (name: string) => readFileSync(name, 'utf8');
const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => path.join(parentPath, name));
const yamls = files.filter((name) => /\.ya?ml$/.test(name));

/** Variables of Node, Next and Docker rather than settings of the dashboard. */
const FOREIGN = ['PORT', 'HOSTNAME', 'NODE_ENV', 'NEXT_TELEMETRY_DISABLED', 'NODE_IMAGE'];

describe('the deployment files', () => {
  it.each(yamls)('%s is valid YAML', (name) => {
    for (const document of parseAllDocuments(read(name))) expect(document.errors).toEqual([]);
  });

  it('deployment files mention only settings that exist', () => {
    const known = new Set([...Object.keys(envSchema.shape), ...FOREIGN]);
    const named = ['Dockerfile', ...files].flatMap((name) =>
      [
        ...read(name).matchAll(
          /\b(?:(?:OS|AUTH|PROMETHEUS|API|CACHE|DASHBOARD|TRUSTED|LOG|USE|METRICS|SOURCE|ACT|DATA|DATABASE|JOURNAL)_[A-Z_]+|ACTIONS)\b/g,
        ),
      ].map(([variable]) => `${name}: ${variable}`),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((line) => !known.has(line.split(': ')[1] ?? ''))).toEqual([]);
  });

  it('probes use only addresses that exist', () => {
    const probed = ['Dockerfile', ...files].flatMap((name) => [
      ...read(name).matchAll(/\/api\/(health\/\w+|metrics)\//g),
    ]);
    expect(probed.length).toBeGreaterThan(4);
    for (const [, address] of probed) expect(existsSync(`app/api/${address}/route.ts`)).toBe(true);
  });

  it('the Dockerfile passes a linter and pins one base image to a full version', () => {
    expect(validate(read('Dockerfile')).map(({ message }) => message)).toEqual([]);
    expect(validate('FROM node\nEXPOSE http\nENTRYPOINT\n')).not.toEqual([]);
    expect(read('Dockerfile')).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim$/m);
    expect(read('Dockerfile').match(/^FROM (?!\$\{NODE_IMAGE\})/gm)).toBeNull();
  });

  it('containers run without root, capabilities and a writable file system', () => {
    const { services } = parse(read(`${FOLDER}/compose.yaml`));
    for (const service of Object.values(services)) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
    expect(read('Dockerfile')).toMatch(/^USER 1000:1000$/m);
  });

  it('nobody may act unless the examples are changed, and the journal outlives the container', () => {
    for (const name of ['Dockerfile', ...files.filter((file) => !file.endsWith('.md'))])
      expect(read(name).match(/^[^#\n]*\bACTIONS[=:] *(?!"off"|off$)\S+/gm), name).toBeNull();
    const { services, volumes } = parse(read(`${FOLDER}/compose.yaml`));
    expect(services.visio.environment.ACTIONS).toBe('off');
    expect(services.visio.volumes).toContain(`data:${services.visio.environment.DATA_DIR}`);
    expect(volumes).toHaveProperty('data');
    expect(read(`${FOLDER}/watcher-visio.service`)).toMatch(
      /^StateDirectory=(\S+)\n[\s\S]*^Environment=DATA_DIR=\/var\/lib\/\1$/m,
    );
    expect(read('Dockerfile')).toContain(`chown 1000:1000 ${services.visio.environment.DATA_DIR}`);
  });

  it("the unit's system call filter lets Debian's Node.js start", () => {
    const unit = read(`${FOLDER}/watcher-visio.service`);
    // Its V8 calls pkey_alloc, which @system-service lacks: systemd would kill the process.
    expect(unit).toMatch(/^SystemCallFilter=@system-service @pkey$/m);
    expect(unit).toMatch(/^SystemCallErrorNumber=EPERM$/m);
  });

  it('no example holds a secret, and every secret of the Compose file is used', () => {
    const { services, secrets } = parse(read(`${FOLDER}/compose.yaml`));
    const used = Object.values<{ secrets?: string[] }>(services).flatMap((service) => service.secrets ?? []);
    expect(used.filter((name) => !(name in secrets))).toEqual([]);
    for (const name of files) expect(read(name), name).not.toMatch(/change.?me/i);
  });

  it('a proxy stands in front of the server and is trusted', () => {
    const { services, networks } = parse(read(`${FOLDER}/compose.yaml`));
    expect(services.visio.ports).toBeUndefined();
    expect(services.visio.environment.TRUSTED_PROXIES).toBe(services.nginx.networks.front.ipv4_address);
    expect(networks.back).toEqual({ internal: true });
    expect(services.redis.networks).toEqual(['back']);
  });

  it('the Grafana dashboard and the alerts use only metrics that the server exports', () => {
    const { panels } = JSON.parse(read(`${FOLDER}/grafana.json`));
    const source = ['process/own-metrics', 'http/metrics', 'http/duty-metrics', 'http/room-metrics']
      .map((name) => read(`lib/dashboard/${name}.ts`))
      .join('\n');
    const queries: string[] = [
      ...panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr)),
      ...parse(read(`${FOLDER}/alerts.yml`)).groups.flatMap(({ rules }: { rules: { expr: string }[] }) =>
        rules.map(({ expr }) => expr),
      ),
    ];
    const names = queries.flatMap((expr) => expr.match(/watcher_visio_\w+/g) ?? []);
    const own = names.filter((name) => !/_(process|nodejs)_/.test(name)).map((name) => name.replace(/_bucket$/, ''));
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((name) => !source.includes(name.replace('watcher_visio_', '')))).toEqual([]);
  });

  it('the alert rules pass promtool, if it is installed', () => {
    const promtool = (...args: string[]) => execFileSync('/usr/bin/promtool', args, { cwd: FOLDER, encoding: 'utf8' });
    if (!existsSync('/usr/bin/promtool')) {
      expect(parse(read(`${FOLDER}/alerts.yml`)).groups.length).toBeGreaterThan(0);
      return;
    }
    expect(promtool('check', 'rules', 'alerts.yml')).toContain('SUCCESS');
    expect(promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
    expect(promtool('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
  });
});
