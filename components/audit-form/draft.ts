import type { AuditField, AuditScope, AuditSettings, NewAudit, OfferedStrategy } from '@/lib/contract/v1/new-audit';
import { isRecord } from '@/lib/is-record';
import { namesIn, readValue, textOf } from './field-text';

/** A form as a person fills it in: texts, until they become settings. */

/** Texts, ticks, and lists of ticked options, by path with dots. */
export type Values = Record<string, string | boolean | string[]>;

export type Draft = {
  name: string;
  strategy: string;
  type: AuditSettings['type'];
  values: Values;
  /** Names and ids, separated by commas or lines. */
  scope: Record<keyof AuditScope, string>;
  interval: string;
  /** As in the field of the browser, in UTC; empty for none. */
  start: string;
  end: string;
  force: boolean;
  autoTrigger: boolean;
};

const SCOPE_PARTS = [
  'zones',
  'aggregates',
  'without_hosts',
  'without_aggregates',
  'without_projects',
  'without_vms',
] as const;

export const keyOf = ({ path }: Pick<AuditField, 'path'>): string => path.join('.');

export const strategyIn = ({ goals }: NewAudit, name: string): OfferedStrategy | undefined =>
  goals.flatMap(({ strategies }) => strategies).find((one) => one.name === name);

/** Settings as a draft. What the form has no field for is dropped; the page says so. */
export function draftOf(settings: AuditSettings, fields: AuditField[]): Draft {
  return {
    name: settings.name,
    strategy: settings.strategy,
    type: settings.type,
    values: Object.fromEntries(
      fields.map((field) => [keyOf(field), textOf(field, valueAt(settings.parameters, field.path) ?? field.default)]),
    ),
    scope: {
      zones: listText(settings.scope?.zones),
      aggregates: listText(settings.scope?.aggregates),
      without_hosts: listText(settings.scope?.without_hosts),
      without_aggregates: listText(settings.scope?.without_aggregates),
      without_projects: listText(settings.scope?.without_projects),
      without_vms: listText(settings.scope?.without_vms),
    },
    interval: settings.interval ?? '600',
    start: timeText(settings.start_at),
    end: timeText(settings.end_at),
    force: settings.force ?? false,
    autoTrigger: settings.auto_trigger ?? false,
  };
}

export const defaultsOf = (fields: AuditField[]): Values =>
  Object.fromEntries(fields.map((field) => [keyOf(field), textOf(field, field.default)]));

/** As JSON for the API: times are texts on the wire. */
export type WireSettings = Omit<AuditSettings, 'start_at' | 'end_at'> & { start_at?: string; end_at?: string };

/** @param projects whose names may be given instead of ids */
export function settingsOf(draft: Draft, fields: AuditField[], projects: NewAudit['projects']): WireSettings {
  const scope = Object.fromEntries(
    SCOPE_PARTS.flatMap((part) => {
      const given = namesIn(draft.scope[part]);
      const names = part === 'without_projects' ? given.map((name) => projectId(name, projects)) : given;
      return names.length === 0 ? [] : [[part, names]];
    }),
  );
  const isTimed = draft.type !== 'ONESHOT';
  return {
    name: draft.name,
    strategy: draft.strategy,
    type: draft.type,
    parameters: parametersOf(fields, draft.values),
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
    ...(draft.type === 'CONTINUOUS' ? { interval: draft.interval } : {}),
    ...(isTimed && draft.start !== '' ? { start_at: isoOf(draft.start) } : {}),
    ...(isTimed && draft.end !== '' ? { end_at: isoOf(draft.end) } : {}),
    ...(draft.force ? { force: true } : {}),
    ...(draft.autoTrigger ? { auto_trigger: true } : {}),
  };
}

/** Watcher wants ids. A name that several projects have stays as it is, and the check says that no project has this id. */
function projectId(given: string, projects: NewAudit['projects']): string {
  const [project, ...others] = projects.filter(({ name }) => name === given);
  return project === undefined || others.length > 0 ? given : project.id;
}

/**
 * What differs from the defaults. An object goes as a whole if any part of it differs, since Watcher fills in no parts of
 * an object that is given.
 */
function parametersOf(fields: AuditField[], values: Values): Record<string, unknown> {
  const changed = new Set(fields.filter((field) => isChanged(field, values)).map(({ path }) => path[0]));
  const parameters: Record<string, unknown> = {};
  for (const field of fields) {
    const value = changed.has(field.path[0]) ? readValue(field, values[keyOf(field)]) : undefined;
    if (value !== undefined) put(parameters, field.path, value);
  }
  return parameters;
}

export const isChanged = (field: AuditField, values: Values): boolean =>
  JSON.stringify(values[keyOf(field)]) !== JSON.stringify(textOf(field, field.default));

function put(target: Record<string, unknown>, [first = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const known = target[first];
  const inner = isRecord(known) ? known : {};
  target[first] = inner;
  put(inner, rest, value);
}

const valueAt = (root: unknown, path: string[]): unknown =>
  path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), root);

const listText = (names: string[] | undefined): string => (names ?? []).join(', ');

/** The field of the browser holds no zone: the form means UTC, as everything here does. */
const isoOf = (text: string): string => `${text}:00.000Z`;

/** 2026-02-13T05:00 @param at ms */
const timeText = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString().slice(0, 16));

const TITLES: Record<string, string> = {
  name: 'Name',
  strategy: 'Strategy',
  type: 'When',
  interval: 'How often',
  start_at: 'Not before',
  end_at: 'Until',
  force: 'Run although another plan runs',
  auto_trigger: 'Start its plans without asking',
};

/** The label of what a check speaks of; null for the scope, whose sentences name what they mean. */
export const titleOf = (wanted: string, fields: AuditField[]): string | null =>
  TITLES[wanted] ?? fields.find((field) => `${wanted}.`.startsWith(`parameters.${keyOf(field)}.`))?.title ?? null;
