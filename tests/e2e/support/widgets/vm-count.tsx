import { Verdict } from '@/components/figures/verdict';
import { type Payloads, type ViewProps, widget } from '@/components/widgets/widget';
import { formatThings } from '@/lib/format';

function View({ data: { vm } }: ViewProps<Payloads['virtual']>) {
  return (
    <Verdict level={2} tone="quiet" icon="server" heading={`${formatThings(vm.count, 'VM')} in the region`}>
      {formatThings(vm.active, 'VM')} active
    </Verdict>
  );
}

/** A third verdict, for the browser test of widgets. */
export const vmCount = widget({ name: 'vm-count', title: 'VM count', place: 'verdict', needs: 'virtual', View });
