import { z } from 'zod';
import type { VersionNeed } from './microversions';
import type { Aggregate, ServerGroup } from './records';
import type { Session } from './session';
import { optionalText, quantity } from './wire';

/** Rules of Nova's scheduler: aggregates with their zones, and server groups. */

const AGGREGATES: VersionNeed = { min: [2, 1], max: [2, 41] };
/** 2.64 replaces the list of policies with one policy and its rules. */
const GROUPS: VersionNeed = { min: [2, 1], max: [2, 64] };

const texts = () => z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));

/** https://docs.openstack.org/api-ref/compute/#list-aggregates */
const aggregateSchema = z
  .object({
    name: z.string(),
    availability_zone: optionalText(),
    hosts: z.array(z.string()).nullish(),
    metadata: texts().nullish(),
  })
  .transform(
    (wire): Aggregate => ({
      name: wire.name,
      zone: wire.availability_zone,
      hosts: wire.hosts ?? [],
      metadata: wire.metadata ?? {},
    }),
  );

const aggregatesSchema = z.object({ aggregates: z.array(aggregateSchema) });

/** https://docs.openstack.org/api-ref/compute/#list-server-groups */
const groupSchema = z
  .object({
    id: z.string(),
    name: z.string().nullish(),
    policy: optionalText(),
    policies: z.array(z.string()).nullish(),
    rules: z.object({ max_server_per_host: quantity().nullish() }).nullish(),
    members: z.array(z.string()).nullish(),
  })
  .transform(
    (wire): ServerGroup => ({
      id: wire.id,
      name: wire.name ?? wire.id,
      policy: wire.policy ?? wire.policies?.[0] ?? '',
      maxPerHost: wire.rules?.max_server_per_host ?? 1,
      members: wire.members ?? [],
    }),
  );

const groupsSchema = z.object({ server_groups: z.array(groupSchema) });

/** @throws SourceError of Keystone or Nova */
export async function listAggregates(session: Session): Promise<Aggregate[]> {
  const { aggregates } = await session.read({
    service: 'nova',
    path: 'os-aggregates',
    schema: aggregatesSchema,
    version: AGGREGATES,
  });
  return aggregates;
}

/** Nova's default page limit. Server groups are paged by offset, not by marker. */
const PAGE_SIZE = 1000;

/** Server groups of all projects. @throws SourceError of Keystone or Nova */
export async function listServerGroups(session: Session): Promise<ServerGroup[]> {
  const all = new Map<string, ServerGroup>();
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const { server_groups } = await session.read({
      service: 'nova',
      path: 'os-server-groups',
      query: { all_projects: 'True', limit: PAGE_SIZE, offset },
      schema: groupsSchema,
      version: GROUPS,
    });
    const before = all.size;
    for (const group of server_groups) all.set(group.id, group);
    if (server_groups.length < PAGE_SIZE || all.size === before) return [...all.values()];
  }
}
