import type { AuditField } from '@/lib/contract/v1/new-audit';
import { Labelled, Tick } from './labelled';
import { Problem, Ticks } from './parts';

type Props = {
  field: AuditField;
  value: string | boolean | string[];
  hosts: string[];
  problem: string | undefined;
  warning: string | undefined;
  fact: string | undefined;
  onChange: (value: string | boolean | string[]) => void;
};

/** One parameter of a strategy, in the control that its schema asks for. */
export function ParameterField({ field, value, hosts, problem, warning, fact, onChange }: Props) {
  const { title, kind, options, required } = field;
  const note = fact === undefined ? field.note : `${field.note ? `${field.note}. ` : ''}${fact}`;
  const label = required ? `${title} (needed)` : title;
  if (kind === 'yes-no')
    return <Tick label={label} note={problem ?? warning ?? note} checked={value === true} onChange={onChange} />;
  if (kind === 'choices') {
    const chosen = Array.isArray(value) ? value : [];
    return (
      <Ticks legend={label}>
        {options.map((option) => (
          <Tick
            key={option.value}
            label={option.label}
            checked={chosen.includes(option.value)}
            onChange={(isIn) =>
              onChange(
                options.map((one) => one.value).filter((one) => (one === option.value ? isIn : chosen.includes(one))),
              )
            }
          />
        ))}
        {problem === undefined ? null : <Problem>{problem}</Problem>}
      </Ticks>
    );
  }
  const text = typeof value === 'string' ? value : '';
  return (
    <Labelled label={label} note={note} problem={problem} warning={warning} wide={kind.endsWith('-pairs')}>
      {(ids) => {
        if (kind === 'choice') {
          const known = options.some((option) => option.value === text);
          return (
            <select {...ids} value={text} onChange={({ target }) => onChange(target.value)}>
              {known ? null : <option value={text}>{text === '' ? 'not set' : text}</option>}
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          );
        }
        if (kind === 'json' || kind.endsWith('-pairs'))
          return (
            <textarea
              {...ids}
              rows={3}
              spellCheck={false}
              value={text}
              onChange={({ target }) => onChange(target.value)}
            />
          );
        if (kind === 'host')
          return (
            <>
              <input
                {...ids}
                list={`${ids.id}-hosts`}
                value={text}
                spellCheck={false}
                onChange={({ target }) => onChange(target.value.trim())}
              />
              <datalist id={`${ids.id}-hosts`}>
                {hosts.map((host) => (
                  <option key={host} value={host} />
                ))}
              </datalist>
            </>
          );
        return (
          <input
            {...ids}
            inputMode={kind === 'text' || kind === 'list' ? undefined : 'decimal'}
            spellCheck={false}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        );
      }}
    </Labelled>
  );
}
