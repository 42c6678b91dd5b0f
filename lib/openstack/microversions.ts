import { z } from 'zod';
import { SOURCE_NAMES, type Source, SourceError } from '../errors';
import type { Http, HttpResponse } from '../http';
import { ifReadable, rowsOf } from '../lenient';
import { parseJson } from '../shape';
import { type Service, versionDocuments } from './catalog';

/** A microversion. Compared part by part: 2.9 is lower than 2.10. */
export type Microversion = readonly [major: number, minor: number];

/** The microversions that a call can work with. */
export type VersionNeed = {
  min: Microversion;
  max: Microversion;
  /** Used if the service does not list its versions; default `min`. */
  fallback?: Microversion;
  /** Skip version discovery and request `max` while the versions are unknown: a 406 lists them too, and is rare. */
  optimistic?: boolean;
};

export type VersionRange = { lowest: Microversion; highest: Microversion };

const HEADER_NAMES: Record<Service, string> = { nova: 'compute', placement: 'placement', watcher: 'infra-optim' };

/** Nova has `version`, Watcher and Placement have `max_version`. */
const versionSchema = z.object({
  version: ifReadable(z.string()),
  max_version: ifReadable(z.string()),
  min_version: ifReadable(z.string()),
});

/** Services list their versions under `versions`; Nova's endpoint has a single `version`. */
const documentSchema = z
  .object({ versions: ifReadable(rowsOf(versionSchema)), version: ifReadable(versionSchema) })
  .transform(({ versions, version }) => versions ?? (version ? [version] : []));

function parseVersion(text: string | null | undefined): Microversion | null {
  const found = /^v?(\d+)\.(\d+)$/.exec(text ?? '');
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export const isAtLeast = (a: Microversion, b: Microversion): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1]);

/**
 * The microversions of a service's newest major version, from its version document. null if no document can be read, for
 * example because of a proxy.
 *
 * @param endpoint.token required by Nova's endpoint before Stein
 * @throws SourceError if the service can't be reached
 */
export async function readVersions(
  http: Http,
  endpoint: { service: Service; url: string; token: string },
): Promise<VersionRange | null> {
  const origin = { source: endpoint.service, what: 'its version document' };
  for (const url of versionDocuments(endpoint.service, endpoint.url)) {
    try {
      const response = await http.send({ url, headers: { 'x-auth-token': endpoint.token } });
      const range = response.status < 400 ? newestOf(parseJson(response, documentSchema, origin)) : null;
      if (range) return range;
    } catch (error) {
      if (!(error instanceof SourceError) || error.kind === 'network' || error.kind === 'timeout') throw error;
    }
  }
  return null;
}

function newestOf(versions: z.output<typeof versionSchema>[]): VersionRange | null {
  const ranges = versions
    .map((entry) => toRange(entry.min_version, entry.version || entry.max_version))
    .filter((range) => range !== null)
    .sort((a, b) => (isAtLeast(a.highest, b.highest) ? -1 : 1));
  return ranges[0] ?? null;
}

/**
 * The supported versions according to a 406: Watcher puts them in headers, Nova in a sentence, Placement in fields. null if
 * it has none.
 */
export function versionsInRefusal({ headers, text }: HttpResponse): VersionRange | null {
  const sentence = /minimum is (\d+\.\d+) and maximum is (\d+\.\d+)/i.exec(text);
  const field = (name: string) => new RegExp(`"${name}": *"(\\d+\\.\\d+)"`).exec(text)?.[1];
  return (
    toRange(headers.get('openstack-api-minimum-version'), headers.get('openstack-api-maximum-version')) ??
    toRange(sentence?.[1], sentence?.[2]) ??
    toRange(field('min_version'), field('max_version'))
  );
}

function toRange(lowestText: string | null | undefined, highestText: string | null | undefined): VersionRange | null {
  const [lowest, highest] = [parseVersion(lowestText), parseVersion(highestText)];
  return lowest && highest && { lowest, highest };
}

/**
 * The highest version that both sides support.
 *
 * @param range null if the service does not list its versions
 * @throws SourceError of kind `missing` if there is none
 */
export function chooseVersion(
  source: Source,
  range: VersionRange | null,
  { min, max, fallback = min }: VersionNeed,
): Microversion {
  if (range === null) return fallback;
  const { lowest, highest } = range;
  const chosen = isAtLeast(highest, max) ? max : highest;
  if (isAtLeast(chosen, min) && isAtLeast(chosen, lowest)) return chosen;
  throw new SourceError(
    source,
    'missing',
    `${SOURCE_NAMES[source]} offers API versions ${lowest.join('.')} to ${highest.join('.')}, but ${min.join('.')} to ${max.join('.')} is needed.`,
  );
}

export function versionHeaders(service: Service, version: Microversion): Record<string, string> {
  const text = version.join('.');
  return {
    'openstack-api-version': `${HEADER_NAMES[service]} ${text}`,
    // Nova up to 2.26 only reads this header.
    ...(service === 'nova' ? { 'x-openstack-nova-api-version': text } : {}),
  };
}
