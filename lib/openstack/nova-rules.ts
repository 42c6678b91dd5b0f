import { z } from 'zod';
import { orNull, rowsOf } from '../lenient';
import type { VersionNeed } from './microversions';
import { readFitting, readWithRows } from './paging';
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
    hosts: orNull(z.array(z.string())),
    metadata: orNull(texts()),
  })
  .transform(
    (wire): Aggregate => ({
      name: wire.name,
      zone: wire.availability_zone,
      hosts: wire.hosts ?? [],
      metadata: wire.metadata ?? {},
    }),
  );

const aggregatesSchema = z.object({ aggregates: rowsOf(aggregateSchema) });

/** https://docs.openstack.org/api-ref/compute/#list-server-groups */
const groupSchema = z
  .object({
    id: z.string(),
    name: optionalText(),
    policy: optionalText(),
    policies: orNull(z.array(z.string())),
    rules: orNull(z.object({ max_server_per_host: orNull(quantity()) })),
    members: orNull(z.array(z.string())),
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

const groupsSchema = z.object({ server_groups: rowsOf(groupSchema) });

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

/** Nova's own limit. */
const MOST = 1000;

/** Server groups of all projects. They are paged by offset, not by marker. @throws SourceError of Keystone or Nova */
export async function listServerGroups(session: Session): Promise<ServerGroup[]> {
  const all = new Map<string, ServerGroup>();
  let offset = 0;
  const read = (limit: number) =>
    readWithRows(session, 'server_groups', {
      service: 'nova',
      path: 'os-server-groups',
      query: { all_projects: 'True', limit, offset },
      schema: groupsSchema,
      version: GROUPS,
    });
  for (;;) {
    const found = await readFitting(session.pageSizes, 'os-server-groups', { most: MOST, read });
    const { page, rows } = found.page;
    const before = all.size;
    for (const group of page.server_groups) all.set(group.id, group);
    offset += rows.length;
    if (rows.length < found.limit || all.size === before) return [...all.values()];
  }
}
