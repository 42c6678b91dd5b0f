import { z } from 'zod';
import { rowsOf } from '../lenient';
import { GIB, MIB } from '../units';
import type { VersionNeed } from './microversions';
import { hasNext, linksSchema } from './nova-links';
import { readPages, readWithRows } from './paging';
import type { ServerFlavor } from './records';
import type { Session } from './session';
import { quantity } from './wire';

const sizes = z.object({
  vcpus: quantity(),
  /** MiB */
  ram: quantity(),
  /** GiB */
  disk: quantity(),
  /** MiB; below 2.75, "" means none */
  swap: z.union([quantity(), z.literal('')]).nullish(),
  extra_specs: z.record(z.string(), z.coerce.string()).nullish(),
});

const toFlavor = (name: string, ephemeral: number | null | undefined, wire: z.output<typeof sizes>): ServerFlavor => ({
  name,
  vcpus: wire.vcpus,
  ramBytes: wire.ram * MIB,
  diskBytes: (wire.disk + (ephemeral ?? 0)) * GIB + (wire.swap || 0) * MIB,
  extraSpecs: wire.extra_specs ?? {},
});

/** The flavor embedded in a server from 2.47 on; correct even if the flavor has been deleted. */
export const embeddedFlavorSchema = sizes
  .extend({ original_name: z.string(), ephemeral: quantity().nullish() })
  .transform((wire) => toFlavor(wire.original_name, wire.ephemeral, wire));

/** https://docs.openstack.org/api-ref/compute/#list-flavors-with-details */
const flavorSchema = sizes
  .extend({
    id: z.string(),
    name: z.string(),
    'OS-FLV-EXT-DATA:ephemeral': quantity().nullish(),
    'OS-FLV-DISABLED:disabled': z.boolean().nullish(),
  })
  .transform((wire) => ({
    id: wire.id,
    flavor: toFlavor(wire.name, wire['OS-FLV-EXT-DATA:ephemeral'], wire),
    isOffered: wire['OS-FLV-DISABLED:disabled'] !== true,
  }));

const flavorsSchema = z.object({ flavors: rowsOf(flavorSchema), flavors_links: linksSchema });

/** Only needed below 2.47, where flavors have no extra specs. */
const VERSION: VersionNeed = { min: [2, 1], max: [2, 46] };

/** Public and private flavors by id, without deleted ones. @throws SourceError of Keystone or Nova */
export async function listFlavors(session: Session): Promise<Map<string, ServerFlavor>> {
  return new Map((await readFlavors(session, VERSION)).map(({ id, flavor }) => [id, flavor]));
}

/** 2.61 adds extra specs, without which nobody knows where VMs may go. */
const WITH_SPECS: VersionNeed = { min: [2, 61], max: [2, 96] };

/** Those that can still be chosen, with their extra specs. @throws SourceError of Keystone or Nova, also one that is too old */
export async function listFlavorsWithSpecs(session: Session): Promise<ServerFlavor[]> {
  const flavors = await readFlavors(session, WITH_SPECS);
  return flavors.filter(({ isOffered }) => isOffered).map(({ flavor }) => flavor);
}

function readFlavors(session: Session, version: VersionNeed) {
  return readPages({
    source: 'nova',
    list: 'flavors/detail',
    sizes: session.pageSizes,
    readPage: async (limit, marker) => {
      const { page, rows } = await readWithRows(session, 'flavors', {
        service: 'nova',
        path: 'flavors/detail',
        query: { is_public: 'None', limit, marker },
        schema: flavorsSchema,
        version,
      });
      return { items: page.flavors, rows, more: hasNext(page.flavors_links) };
    },
    idOf: ({ id }) => id,
  });
}
