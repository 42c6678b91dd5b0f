import { isRecord } from '@/lib/is-record';
import type { Reply } from '../wire';
import { fault } from './reply';

/** JSON patches as Watcher reads them, and its words for those it refuses. */

type Patch = { op: string; path: string; value?: unknown };

/** Values as Python writes them in error messages. */
export function inPython(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(inPython).join(', ')}]`;
  if (isRecord(value)) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${inPython(key)}: ${inPython(inner)}`)
      .join(', ')}}`;
  }
  return String(value);
}

/** Watcher puts the path first. */
const ordered = ({ op, path, value }: Patch) => ({ path, op, ...(op === 'remove' ? {} : { value }) });

/** The refusal of a patch as a whole. */
export const refusePatch = (patches: Patch[], reason: string): Reply =>
  fault(400, `Couldn't apply patch '${inPython(patches.map(ordered))}'. Reason: ${reason}`);

/** The refusal of a value that the patch's own check does not let pass. */
const refuseValue = (patches: Patch[], patch: Patch, reason: string): Reply =>
  fault(
    400,
    `Invalid input for field/attribute patch. Value: '${inPython(patches)}'. Couldn't apply patch '${inPython(ordered(patch))}'. Reason: ${reason}`,
  );

type Rules = {
  /** The states there are, if a patch is checked for that. */
  states?: string[];
  /** Fields that nobody may patch. */
  internal: string[];
  /** If given, the only fields that may be patched. */
  allowed?: string[];
  /** Fields of the object, by which unknown ones are recognised. */
  fields: string[];
};

/** The patches in the body of a request, or Watcher's refusal. */
export function readPatches(body: string, { states, internal, allowed, fields }: Rules): Patch[] | Reply {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return fault(400, 'Request is not in valid JSON format');
  }
  const isPatch = (value: unknown): value is Patch =>
    isRecord(value) && typeof value.op === 'string' && typeof value.path === 'string';
  if (!Array.isArray(given) || !given.every(isPatch)) {
    const value = inPython(given);
    return fault(400, `Invalid input for field/attribute patch. Value: '${value}'. Value not a valid list: ${value}`);
  }
  for (const patch of given) {
    const { op, path, value } = patch;
    if (allowed && !allowed.includes(path))
      return fault(400, `'${path}' is not an allowed attribute and can not be updated`);
    if (internal.includes(path)) return fault(400, `'${path}' is an internal attribute and can not be updated`);
    if (path === '/state' && op === 'remove') {
      return fault(400, "'/state' is a mandatory attribute and can not be removed");
    }
    if (path === '/state' && (typeof value !== 'string' || states?.includes(value) === false)) {
      return refuseValue(given, patch, value === null ? "/state can't be updated." : `Invalid state: ${value}`);
    }
    const field = path.slice(1);
    if (!fields.includes(field)) return refusePatch(given, `can't replace a non-existent object '${field}'`);
  }
  return given;
}

/** What the patches set a field to, or what it was. */
export function patched(patches: Patch[], field: string, before: string | null): string | null {
  const last = patches.findLast(({ path }) => path === `/${field}`);
  if (!last) return before;
  return typeof last.value === 'string' ? last.value : null;
}
