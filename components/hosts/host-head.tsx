import type { Host } from '@/lib/contract/v1/hosts';
import { drainAddress } from '../figures/addresses';
import { ButtonLink } from '../ui/button';
import { BackLink, PageHead } from '../ui/page';
import { Tag } from '../ui/tag';
import { Quiet } from '../ui/values';
import { DEFAULTS, hostsAddress } from './choice';
import { describeCloser, OUT_STATES } from './drain-words';
import { StateTag } from './state-tag';

/** A host's name, level and state. */
export function HostHead({ host, now }: { host: Host; now: number }) {
  const { name, hypervisor_hostname: other, hypervisor_type: type, level, state, status, out } = host;
  const isInService = state === 'up' && status === 'enabled';
  return (
    <PageHead
      title={name}
      mono
      ways={<BackToHosts />}
      aside={
        <>
          {level === 'hot' ? (
            <Tag tone="error" icon="hot">
              hot
            </Tag>
          ) : null}
          {level === 'warm' ? (
            <Tag tone="warn" icon="warn">
              warm
            </Tag>
          ) : null}
          {level === 'unknown' ? <Tag>load unknown</Tag> : null}
          {isInService ? null : <StateTag host={host} whole />}
          <Quiet>
            {other === name ? type : `${other}, ${type}`}
            {isInService ? ', up and enabled' : ''}
          </Quiet>
          <ButtonLink href={drainAddress(name)}>
            {status === 'disabled' ? 'Drain or bring back…' : 'Drain this host…'}
          </ButtonLink>
        </>
      }
    >
      {out === null
        ? undefined
        : `${OUT_STATES[out.state].word}. ${out.text}${out.closed === null ? '' : ` ${describeCloser(out.closed, now)}.`}`}
    </PageHead>
  );
}

export function BackToHosts() {
  return <BackLink href={hostsAddress(DEFAULTS)}>All hosts</BackLink>;
}
