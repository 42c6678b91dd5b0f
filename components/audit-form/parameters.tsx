import type { AuditField } from '@/lib/contract/v1/new-audit';
import { formatThings } from '@/lib/format';
import { isChanged, keyOf, type Values } from './draft';
import { ParameterField } from './parameter-field';
import { Grid, More } from './parts';

type Props = {
  fields: AuditField[];
  values: Values;
  hosts: string[];
  problemOf: (field: string) => string | undefined;
  /** The same without what is said of parts of it. */
  problemOfAll: (field: string) => string | undefined;
  warningOf: (field: string) => string | undefined;
  /** What is known of it now. */
  factOf: (field: string) => string | undefined;
  onChange: (values: Values) => void;
};

/** The parameters of a strategy: what decides, where it looks, and the rest, folded. */
export function Parameters({ fields, values, hosts, problemOf, problemOfAll, warningOf, factOf, onChange }: Props) {
  // A parameter that has a field for each of its parts may be wrong as a whole.
  const problemOfField = ({ path }: AuditField) =>
    problemOf(`parameters.${path.join('.')}`) ??
    path.map((_, i) => problemOfAll(`parameters.${path.slice(0, i).join('.')}`)).find((text) => text !== undefined);
  const show = (list: AuditField[]) => (
    <Grid>
      {list.map((field) => {
        const key = keyOf(field);
        return (
          <ParameterField
            key={key}
            field={field}
            value={values[key] ?? ''}
            hosts={hosts}
            problem={problemOfField(field)}
            warning={warningOf(`parameters.${key}`)}
            fact={factOf(`parameters.${key}`)}
            onChange={(value) => onChange({ [key]: value })}
          />
        );
      })}
    </Grid>
  );
  const [main, rest] = [fields.filter(({ group }) => group !== 'rest'), fields.filter(({ group }) => group === 'rest')];
  const changed = rest.filter((field) => isChanged(field, values)).length;
  return (
    <>
      {main.length === 0 ? <p>This strategy needs no settings.</p> : show(main)}
      {rest.length === 0 ? null : (
        <More
          open={main.length === 0 || rest.some((field) => problemOfField(field) !== undefined)}
          summary={`${formatThings(rest.length, 'more parameter')}, ${changed === 0 ? atDefaults(rest.length) : `${changed} not at the default`}`}
        >
          {show(rest)}
        </More>
      )}
    </>
  );
}

const atDefaults = (count: number) => (count === 1 ? 'at its default' : 'all at their defaults');
