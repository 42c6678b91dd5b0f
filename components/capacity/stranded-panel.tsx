import type { StrandedView } from '@/lib/contract/v1/capacity';
import { formatBytes, formatCount, formatThings } from '@/lib/format';
import { planAddress } from '../figures/addresses';
import { Panel, PanelBody } from '../ui/panel';
import { NameLink } from '../ui/values';
import styles from './stranded-panel.module.css';

/** What is left and can't be used, because the other resource has run out on the same host. */
export function StrandedPanel({ stranded }: { stranded: StrandedView | null }) {
  return (
    <Panel title="Stranded" note={stranded === null ? null : `for one more ${stranded.flavor}, the VM in the middle`}>
      <PanelBody>
        {stranded === null ? <p>Nothing is known about what is left.</p> : <Said stranded={stranded} />}
      </PanelBody>
    </Panel>
  );
}

function Said({ stranded }: { stranded: StrandedView }) {
  const { ram_without_vcpu: ram, vcpu_without_ram: vcpus, freed } = stranded;
  if (ram.hosts.length + vcpus.hosts.length === 0)
    return <p>Nothing is: where there is RAM for one, there is vCPU, and the reverse.</p>;
  return (
    <div className={styles.said}>
      {ram.hosts.length === 0 ? null : (
        <p>
          <strong>{formatBytes(ram.amount)} of RAM can’t be used:</strong> on {formatThings(ram.hosts.length, 'host')}{' '}
          vCPU is allocated out.
        </p>
      )}
      {vcpus.hosts.length === 0 ? null : (
        <p>
          <strong>{formatCount(vcpus.amount)} vCPU can’t be used:</strong> on {formatThings(vcpus.hosts.length, 'host')}{' '}
          RAM is allocated out.
        </p>
      )}
      {freed === null ? (
        <p className={styles.quiet}>No plan that waits would free any of it.</p>
      ) : (
        <p>
          <NameLink href={planAddress(freed.audit_id, freed.plan_id)}>{freed.audit_name}</NameLink> would free{' '}
          {[
            ...(freed.vcpus > 0 ? [`${formatCount(freed.vcpus)} vCPU`] : []),
            ...(freed.ram > 0 ? [formatBytes(freed.ram)] : []),
          ].join(' and ')}{' '}
          of it.
        </p>
      )}
    </div>
  );
}
