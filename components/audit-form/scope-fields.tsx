import type { NewAudit, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { formatThings } from '@/lib/format';
import { Quiet } from '../ui/values';
import type { Draft } from './draft';
import { namesIn } from './field-text';
import { Labelled, Tick } from './labelled';
import { Grid, Problem, Ticks } from './parts';

type Props = {
  form: NewAudit;
  draft: Draft;
  check: NewAuditCheck;
  problemOf: (field: string) => string | undefined;
  onChange: (scope: Partial<Draft['scope']>) => void;
};

const OUT = [
  { part: 'without_hosts', label: 'Leave out hosts', note: 'With their VMs.' },
  { part: 'without_aggregates', label: 'Leave out aggregates', note: 'With their VMs.' },
  { part: 'without_projects', label: 'Projects that stay', note: 'Names or ids; their load still counts.' },
  { part: 'without_vms', label: 'VMs that stay', note: 'Names or ids; their load still counts.' },
] as const;

/** Which part of the cloud the audit looks at. Zones and aggregates add up. */
export function ScopeFields({ form, draft: { scope }, check, problemOf, onChange }: Props) {
  return (
    <>
      {form.scope_reason === null ? (
        <Grid>
          <Names label="Zones" part="zones" names={form.zones} {...{ scope, onChange }} />
          <Names label="Aggregates" part="aggregates" names={form.aggregates} {...{ scope, onChange }} />
        </Grid>
      ) : (
        <Problem>{form.scope_reason} Zones and aggregates can’t be chosen.</Problem>
      )}
      <Quiet>Nothing ticked means the whole region; what is ticked adds up.</Quiet>
      <Grid>
        {OUT.map(({ part, label, note }) => (
          <Labelled
            key={part}
            label={label}
            note={[
              `${note} Separated by commas.`,
              ...(part === 'without_projects' ? [projectsIn(scope[part], form)] : []),
            ].join(' ')}
            problem={problemOf(`scope.${part}`)}
          >
            {(ids) => (
              <input
                {...ids}
                spellCheck={false}
                value={scope[part]}
                onChange={({ target }) => onChange({ [part]: target.value })}
              />
            )}
          </Labelled>
        ))}
      </Grid>
      <p aria-live="polite">
        {problemOf('scope') ?? problemOf('scope.zones') ?? problemOf('scope.aggregates') ?? coverWords(check)}
      </p>
    </>
  );
}

function coverWords({ covers }: NewAuditCheck): string {
  if (covers === null) return 'What this covers is not known.';
  return `Covers ${formatThings(covers.hosts.length, 'host')}, ${formatThings(covers.vms, 'VM')}.`;
}

/** The names of projects that are given by id. */
function projectsIn(text: string, { projects }: NewAudit): string {
  const given = namesIn(text);
  return projects
    .filter(({ id }) => given.includes(id))
    .map(({ id, name }) => `${id.slice(0, 8)}… is ${name}.`)
    .join(' ');
}

type NamesProps = {
  label: string;
  part: 'zones' | 'aggregates';
  names: string[];
  scope: Draft['scope'];
  onChange: Props['onChange'];
};

function Names({ label, part, names, scope, onChange }: NamesProps) {
  const chosen = namesIn(scope[part]);
  const all = [...new Set([...names, ...chosen])];
  return (
    <Ticks legend={label}>
      {all.map((name) => (
        <Tick
          key={name}
          label={name}
          checked={chosen.includes(name)}
          onChange={(isIn) =>
            onChange({ [part]: all.filter((one) => (one === name ? isIn : chosen.includes(one))).join(', ') })
          }
        />
      ))}
      {all.length === 0 ? <Quiet>none</Quiet> : null}
    </Ticks>
  );
}
