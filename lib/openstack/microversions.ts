import { z } from 'zod';
import { SOURCE_NAMES, type Source, SourceError } from '../errors';
import { type Http, parseJson } from '../http';
import { type Service, versionRoot } from './catalog';

/** A microversion, compared by its parts: 2.9 is before 2.10. */
export type Microversion = readonly [major: number, minor: number];

/** What a call asks of a service: at most `most`, and it can't do with less than `least`. */
export type VersionNeed = { most: Microversion; least: Microversion };

export type VersionRange = { lowest: Microversion; highest: Microversion };

const HEADER_NAMES: Record<Service, string> = { nova: 'compute', placement: 'placement', watcher: 'infra-optim' };

/** Nova says `version`, Watcher and Placement `max_version`. A root lists `versions`, an endpoint tells its own `version`. */
const versionSchema = z.object({
  version: z.string().nullish(),
  max_version: z.string().nullish(),
  min_version: z.string().nullish(),
});
const documentSchema = z.object({ versions: z.array(versionSchema).optional(), version: versionSchema.optional() });

export function parseVersion(text: string | null | undefined): Microversion | null {
  const found = /^v?(\d+)\.(\d+)$/.exec(text ?? '');
  return found ? [Number(found[1]), Number(found[2])] : null;
}

export const isAtLeast = (a: Microversion, b: Microversion): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] >= b[1]);

/**
 * Which microversions a service speaks, from its version document (no token needed): that of the root, where all versions
 * stand, or of the endpoint itself where the root is not to be had. The newest counts.
 */
export async function readVersions(http: Http, service: Service, endpointUrl: string): Promise<VersionRange> {
  try {
    return await readDocument(http, service, `${versionRoot(endpointUrl)}/`);
  } catch (error) {
    if (!(error instanceof SourceError) || !['http', 'shape'].includes(error.kind)) throw error;
    return readDocument(http, service, `${endpointUrl}/`);
  }
}

async function readDocument(http: Http, service: Service, url: string): Promise<VersionRange> {
  const answer = await http.send({ url });
  if (answer.status >= 400) {
    throw new SourceError(
      service,
      'http',
      `${SOURCE_NAMES[service]} answered ${answer.status} when asked for its versions.`,
      { status: answer.status },
    );
  }
  const { versions = [], version } = parseJson(answer, documentSchema, service, 'its version document');
  const ranges = [...versions, ...(version ? [version] : [])]
    .map((entry) => ({
      highest: parseVersion(entry.version || entry.max_version),
      lowest: parseVersion(entry.min_version),
    }))
    .filter((range): range is VersionRange => range.highest !== null && range.lowest !== null)
    .sort((a, b) => (isAtLeast(a.highest, b.highest) ? -1 : 1));
  const [newest] = ranges;
  if (!newest)
    throw new SourceError(service, 'shape', `${SOURCE_NAMES[service]}'s version document names no microversions.`);
  return newest;
}

/**
 * The version to ask for: the greatest that both sides can.
 *
 * @throws SourceError of kind `missing` where the service can't do what is needed
 */
export function chooseVersion(
  source: Source,
  { lowest, highest }: VersionRange,
  { most, least }: VersionNeed,
): Microversion {
  const chosen = isAtLeast(highest, most) ? most : highest;
  if (!isAtLeast(chosen, least) || !isAtLeast(chosen, lowest)) {
    throw new SourceError(
      source,
      'missing',
      `${SOURCE_NAMES[source]} offers API versions ${lowest.join('.')} to ${highest.join('.')}; ${least.join('.')} to ${most.join('.')} is needed.`,
    );
  }
  return chosen;
}

export function versionHeaders(service: Service, version: Microversion): Record<string, string> {
  const text = version.join('.');
  return {
    'openstack-api-version': `${HEADER_NAMES[service]} ${text}`,
    // The name that Nova up to 2.26 listens to.
    ...(service === 'nova' ? { 'x-openstack-nova-api-version': text } : {}),
  };
}
