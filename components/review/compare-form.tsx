import { withBase } from '@/lib/base-path';
import { Button } from '../ui/button';
import { KeptField } from '../ui/kept-query';
import { Panel, PanelTools } from '../ui/panel';
import { Select, type SelectOption } from '../ui/select';
import { Quiet } from '../ui/values';
import styles from './compare-form.module.css';

type Props = {
  choices: SelectOption[];
  left: string;
  right: string;
  /** The variant of the right plan, which stays when the left plan changes. */
  variant: [name: string, value: string][];
};

/** Selects two plans. The browser submits the form, so it works without JavaScript and the result has an address. */
export function CompareForm({ choices, left, right, variant }: Props) {
  return (
    <Panel label="Plans to compare" screenOnly>
      <form method="get" action={withBase('/compare')}>
        <KeptField />
        <PanelTools label="Plans">
          <Side name="left" label="Left" value={left} choices={choices} />
          <Side name="right" label="Right" value={right} choices={choices} />
          {variant.map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button type="submit">Compare</Button>
          {variant.length > 0 ? <Quiet>The right one is a variant.</Quiet> : null}
        </PanelTools>
      </form>
    </Panel>
  );
}

type SideProps = { name: string; label: string; value: string; choices: SelectOption[] };

function Side({ name, label, value, choices }: SideProps) {
  const first = firstOption(value, choices);
  return (
    <span className={styles.side}>
      <span aria-hidden="true">{label}</span>
      <Select
        key={value}
        name={name}
        label={label}
        defaultValue={value}
        options={first === null ? choices : [first, ...choices]}
      />
    </span>
  );
}

/** Stands for a plan that is not among the choices. */
function firstOption(value: string, choices: SelectOption[]): SelectOption | null {
  if (value === '') return { value, label: 'Choose a plan…' };
  return choices.some((choice) => choice.value === value) ? null : { value, label: 'the plan in the address' };
}
