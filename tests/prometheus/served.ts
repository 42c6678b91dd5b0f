import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openPrometheus, type Prometheus, type PrometheusOptions } from '@/lib/prometheus/client';
import type { ExporterSet, ServerUseSource } from '@/lib/prometheus/records';
import { SERVER_SOURCES } from '@/lib/prometheus/server-queries';
import { NO_IDENTITY } from '@/lib/prometheus/target-identity';

/** Recorded responses of a real Prometheus, from tests/fixtures/prometheus. */
export const recording = (name: string): Record<string, never> =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../fixtures/prometheus', `${name}.json`), 'utf8'));

export const BASE = 'http://metrics.test/prometheus';
export const QUERY = `${BASE}/api/v1/query`;

export const open = (more: Partial<PrometheusOptions> = {}): Prometheus =>
  openPrometheus({
    url: `${BASE}/`,
    auth: { type: 'none' },
    headers: {},
    method: 'auto',
    timeoutMs: 2_000,
    maxBytes: 1_000_000,
    concurrency: 4,
    ...more,
  });

/** One row of a response: the value as text, and labels including `m`. */
export type Row = { value: string; labels: Record<string, string> };

export const row = (m: string, value: number | string, labels: Record<string, string> = {}): Row => ({
  value: String(value),
  labels: { m, ...labels },
});

export const vector = (...rows: Row[]) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: rows.map(({ labels, value }) => ({ metric: labels, value: [1_700_000_000.5, value] })),
  },
});

/** Serves only what the test adds; any other request is an error. */
export function servedPrometheus() {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  /** Answers queries in turn, then with empty results; records the posted forms. */
  function answering(...answers: Row[][]) {
    const forms: URLSearchParams[] = [];
    server.use(
      http.post(QUERY, async ({ request }) => {
        forms.push(new URLSearchParams(await request.text()));
        return HttpResponse.json(vector(...(answers[forms.length - 1] ?? [])));
      }),
    );
    return { prometheus: open(), forms, queries: () => forms.map((form) => form.get('query') ?? '') };
  }
  return { server, answering };
}

export const exporters = (more: Partial<ExporterSet> = {}): ExporterSet => ({
  hosts: 'node-exporter',
  identity: NO_IDENTITY,
  servers: [{ source: 'libvirt-uuid', label: 'uuid', known: 5 }],
  openstack: true,
  nodeIntervalSeconds: 15,
  serverIntervalSeconds: 15,
  openstackIntervalSeconds: 60,
  ...more,
});

/** These sources of the usage of VMs, each with the label that its exporter uses. */
export const sources = (...names: ServerUseSource[]): ExporterSet['servers'] =>
  names.map((source) => ({ source, label: SERVER_SOURCES[source].label, known: 5 }));
