import 'server-only';
import type { Env } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import type { Session } from '@/lib/openstack/session';
import { openPrometheus, type Prometheus, type PrometheusAuth, type PrometheusOptions } from '@/lib/prometheus/client';
import { checkLabelName, checkSelector, type MetricSettings } from '@/lib/prometheus/settings';
import { findTlsProblems } from '@/lib/tls-files';
import { readAdminFile } from './admin-file';

/** Prometheus as configured; if it is not, a stand-in that rejects every query. */
export function openPrometheusFor(
  env: Env,
  session: Session,
  {
    url,
    ...limits
  }: { url: string | null } & Pick<PrometheusOptions, 'timeoutMs' | 'maxBytes' | 'proxies' | 'observe' | 'onLoss'>,
): Prometheus {
  if (url === null) return withoutPrometheus();
  const plain = {
    url,
    method: env.PROMETHEUS_METHOD,
    ...limits,
    concurrency: 4,
  };
  if (env.USE_MOCK_DATA) return openPrometheus({ ...plain, auth: { type: 'none' }, headers: {} });
  return openPrometheus({
    ...plain,
    headers: env.PROMETHEUS_HEADERS,
    auth: prometheusAuth(env, session),
    tls: {
      ca: env.PROMETHEUS_INSECURE ? undefined : readPem('PROMETHEUS_CACERT', env.PROMETHEUS_CACERT),
      verify: !env.PROMETHEUS_INSECURE,
    },
  });
}

function prometheusAuth(env: Env, session: Session): PrometheusAuth {
  const { PROMETHEUS_USERNAME: username, PROMETHEUS_PASSWORD: password, PROMETHEUS_TOKEN: token } = env;
  if (env.PROMETHEUS_AUTH === 'keystone') return { type: 'keystone', token: session.token };
  if (token !== undefined) return { type: 'bearer', token };
  return username === undefined ? { type: 'none' } : { type: 'basic', username, password: password ?? '' };
}

/** Lets a cloud without metrics be shown with what else is known. */
function withoutPrometheus(): Prometheus {
  const reject = () =>
    Promise.reject(new SourceError('prometheus', 'config', 'Prometheus is not configured. Set PROMETHEUS_URL.'));
  return { query: reject, queryRange: reject, probe: reject, takesLongQueries: () => false };
}

/** @throws SourceError of kind `config` for an invalid selector or label */
export function metricSettings(env: Env): MetricSettings {
  const selectors = {
    node: env.METRICS_NODE_SELECTOR,
    libvirt: env.METRICS_LIBVIRT_SELECTOR,
    openstack: env.METRICS_OPENSTACK_SELECTOR,
    ceilometer: env.METRICS_CEILOMETER_SELECTOR,
  };
  for (const [part, selector] of Object.entries(selectors)) {
    checkSelector(selector, `METRICS_${part.toUpperCase()}_SELECTOR`);
  }
  for (const label of env.METRICS_HOST_LABELS) checkLabelName(label, 'METRICS_HOST_LABELS');
  if (env.METRICS_SERVER_LABEL !== undefined) checkLabelName(env.METRICS_SERVER_LABEL, 'METRICS_SERVER_LABEL');
  const milliseconds = (seconds: number | 'auto') => (seconds === 'auto' ? 'auto' : seconds * 1000);
  return {
    selectors,
    hostLabels: env.METRICS_HOST_LABELS,
    serverLabel: env.METRICS_SERVER_LABEL ?? null,
    idleModes: env.METRICS_IDLE_MODES,
    window: milliseconds(env.METRICS_WINDOW),
    serverWindow: milliseconds(env.METRICS_SERVER_WINDOW),
  };
}

function readPem(variable: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const pem = readAdminFile(path);
  if (pem === undefined)
    throw new SourceError('prometheus', 'config', `The file that ${variable} points to can't be read.`);
  const [problem] = findTlsProblems({ ca: pem }, { ca: variable, cert: '', key: '' });
  if (problem !== undefined) throw new SourceError('prometheus', 'config', problem);
  return pem;
}
