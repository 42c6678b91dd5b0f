import { ONE_VM_TAGS } from '../server-tags';
import type { Write, Written } from './writer';

type Tagged = { serverId: string; tag: string };

const pathOf = ({ serverId, tag }: Tagged) => `servers/${encodeURIComponent(serverId)}/tags/${encodeURIComponent(tag)}`;

/**
 * Adds a tag to a VM that is active, paused, suspended or off; one that it has already stays.
 * https://docs.openstack.org/api-ref/compute/#add-a-single-tag
 */
export const addTag = (write: Write, tagged: Tagged): Promise<Written> =>
  write({ service: 'nova', method: 'PUT', path: pathOf(tagged), version: ONE_VM_TAGS, what: 'mark the VM' });

/** Takes a tag away; Nova answers 404 if the VM does not have it. */
export const removeTag = (write: Write, tagged: Tagged): Promise<Written> =>
  write({
    service: 'nova',
    method: 'DELETE',
    path: pathOf(tagged),
    version: ONE_VM_TAGS,
    what: 'take the mark off the VM',
  });
