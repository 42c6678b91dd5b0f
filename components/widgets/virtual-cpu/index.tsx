import { Overcommit } from '@/components/ui/overcommit';
import { formatCount } from '@/lib/format';
import { type Payloads, type ViewProps, widget } from '../widget';

const amount = (value: number | null) => `${formatCount(value)} vCPU`;

function View({ data: { vcpu, readings }, now }: ViewProps<Payloads['virtual']>) {
  return (
    <Overcommit label="Virtual CPU allocated" virtual={vcpu} amount={amount} reading={readings.allocations} now={now} />
  );
}

export const virtualCpu = widget({ name: 'virtual-cpu', title: 'Virtual CPU', needs: 'virtual', View });
