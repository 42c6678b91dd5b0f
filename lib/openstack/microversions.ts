import { z } from 'zod';
import { SOURCE_NAMES, type Source, SourceError } from '../errors';
import type { Http, HttpResponse } from '../http';
import { parseJson } from '../shape';
import { type Service, versionDocuments } from './catalog';

/** A microversion, compared by its parts: 2.9 is before 2.10. */
export type Microversion = readonly [major: number, minor: number];

/** What a call asks of a service. */
export type VersionNeed = {
  most: Microversion;
  /** It can't do with less. */
  least: Microversion;
  /** Asked for where the service does not tell its versions; default `least`. */
  untold?: Microversion;
};

export type VersionRange = { lowest: Microversion; highest: Microversion };

const HEADER_NAMES: Record<Service, string> = { nova: 'compute', placement: 'placement', watcher: 'infra-optim' };

/** Nova says `version`, Watcher and Placement `max_version`. */
const versionSchema = z.object({
  version: z.string().nullish(),
  max_version: z.string().nullish(),
  min_version: z.string().nullish(),
});

/** All list their versions under `versions`; at its endpoint Nova tells one `version`. */
const documentSchema = z.union([
  z.object({ versions: z.array(versionSchema) }).transform(({ versions }) => versions),
  z.object({ version: versionSchema }).transform(({ version }) => [version]),
]);

function parseVersion(text: string | null | undefined): Microversion | null {
  const found = /^v?(\d+)\.(\d+)$/.exec(text ?? '');
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export const isAtLeast = (a: Microversion, b: Microversion): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1]);

/**
 * Which microversions a service speaks, from its version document; null where none can be read, which a proxy may be the
 * reason for. The newest major version counts.
 *
 * @param token Nova before Stein asks for one at its endpoint
 * @throws SourceError where the service can't be reached
 */
export async function readVersions(
  http: Http,
  service: Service,
  endpointUrl: string,
  token: string,
): Promise<VersionRange | null> {
  for (const url of versionDocuments(service, endpointUrl)) {
    try {
      const answer = await http.send({ url, headers: { 'x-auth-token': token } });
      const range = answer.status < 400 ? newestOf(parseJson(answer, documentSchema, service, 'its versions')) : null;
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
 * What a 406 says of the versions that are spoken: Watcher in headers, Nova in a sentence, Placement in fields. null where
 * it says nothing.
 */
export function versionsOfRefusal({ headers, text }: HttpResponse): VersionRange | null {
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
 * The version to ask for: the greatest that both sides can.
 *
 * @param range null where the service does not tell
 * @throws SourceError of kind `missing` where the service can't do what is needed
 */
export function chooseVersion(
  source: Source,
  range: VersionRange | null,
  { most, least, untold = least }: VersionNeed,
): Microversion {
  if (range === null) return untold;
  const { lowest, highest } = range;
  const chosen = isAtLeast(highest, most) ? most : highest;
  if (isAtLeast(chosen, least) && isAtLeast(chosen, lowest)) return chosen;
  throw new SourceError(
    source,
    'missing',
    `${SOURCE_NAMES[source]} offers API versions ${lowest.join('.')} to ${highest.join('.')}; ${least.join('.')} to ${most.join('.')} is needed.`,
  );
}

export function versionHeaders(service: Service, version: Microversion): Record<string, string> {
  const text = version.join('.');
  return {
    'openstack-api-version': `${HEADER_NAMES[service]} ${text}`,
    // The name that Nova up to 2.26 listens to.
    ...(service === 'nova' ? { 'x-openstack-nova-api-version': text } : {}),
  };
}
