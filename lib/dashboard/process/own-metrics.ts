import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { processWide } from '@/lib/process-wide';

const PREFIX = 'watcher_visio_';

/** Metrics about this service itself. They live as long as the process. */
export type OwnMetrics = ReturnType<typeof open>;

export const ownMetrics = (): OwnMetrics => processWide('own-metrics', open);

function open() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  return {
    registry,
    upstreamRequests: new Counter({
      name: `${PREFIX}upstream_requests_total`,
      help: 'Requests to a source, by HTTP status or kind of failure.',
      labelNames: ['region', 'source', 'outcome'],
      registers,
    }),
    upstreamSeconds: new Histogram({
      name: `${PREFIX}upstream_request_duration_seconds`,
      help: 'Duration of one request to a source.',
      labelNames: ['region', 'source'],
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    refreshes: new Counter({
      name: `${PREFIX}refreshes_total`,
      help: 'Attempts to take a reading of the cloud, by result: ok or failed.',
      labelNames: ['region', 'reading', 'result'],
      registers,
    }),
    refreshSeconds: new Gauge({
      name: `${PREFIX}refresh_duration_seconds`,
      help: 'Duration of the last attempt to take a reading.',
      labelNames: ['region', 'reading'],
      registers,
    }),
    requests: new Counter({
      name: `${PREFIX}http_requests_total`,
      help: 'Requests answered, by kind of address and status.',
      labelNames: ['kind', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: `${PREFIX}http_request_duration_seconds`,
      help: 'Time from a request to the end of its answer, excluding answers served from memory before Next.',
      labelNames: ['kind'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 15],
      registers,
    }),
    signIns: new Counter({
      name: `${PREFIX}sign_ins_total`,
      help: 'Sign-in attempts, by result.',
      labelNames: ['result'],
      registers,
    }),
    acts: new Counter({
      name: `${PREFIX}acts_total`,
      help: 'Acts on the cloud, by kind and outcome.',
      labelNames: ['region', 'act', 'outcome'],
      registers,
    }),
    refusedTokens: new Counter({
      name: `${PREFIX}refused_tokens_total`,
      help: 'Requests whose token gave no access: refused, or throttled without a check.',
      labelNames: ['reason'],
      registers,
    }),
  };
}
