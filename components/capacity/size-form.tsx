import { withBase } from '@/lib/base-path';
import { Button } from '../ui/button';
import { KeptField } from '../ui/kept-query';
import { Panel, PanelTools } from '../ui/panel';
import { Select } from '../ui/select';
import type { CapacityPlace, Size } from './choice';
import styles from './size-form.module.css';

/** Asks about a size that no flavor has. A form of the browser, so that a link shows the same. */
export function SizeForm({ size, place }: { size: Size; place: CapacityPlace }) {
  return (
    <Panel label="A size of your own" screenOnly>
      <form action={withBase('/capacity/')}>
        <KeptField />
        {Object.entries(place).map(([name, value]) =>
          value === undefined ? null : <input key={name} type="hidden" name={name} value={value} />,
        )}
        <PanelTools label="What it needs" aside={<Button type="submit">Count</Button>}>
          <span className={styles.title}>Another size:</span>
          <NumberField name="vcpus" label="vCPU" value={size.vcpus} />
          <NumberField name="ram_gib" label="GiB of RAM" value={size.ram_gib} />
          <NumberField name="disk_gib" label="GiB of disk" value={size.disk_gib} />
          <Select
            label="CPUs"
            name="pinned"
            defaultValue={size.pinned}
            options={[
              { value: 'no', label: 'shared CPUs' },
              { value: 'yes', label: 'pinned CPUs' },
            ]}
          />
        </PanelTools>
      </form>
    </Panel>
  );
}

function NumberField({ name, label, value }: { name: string; label: string; value: number | undefined }) {
  return (
    <label className={styles.field}>
      <input className={styles.input} type="number" min={0} max={1_000_000} name={name} defaultValue={value} />
      {label}
    </label>
  );
}
