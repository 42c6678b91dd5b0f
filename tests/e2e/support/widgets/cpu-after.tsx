import { DumbbellChart } from '@/components/charts/dumbbell-chart';
import { Panel, PanelBody } from '@/components/ui/panel';
import { type Payloads, type ViewProps, widget } from '@/components/widgets/widget';

const MOST_ROWS = 6;

function View({ data: { hosts, after }, limits }: ViewProps<Payloads['hosts']>) {
  const rows = hosts.names.flatMap((name, at) => {
    const [now, then] = [hosts.cpu[at], after?.cpu[at]];
    return now == null || then == null ? [] : [{ name, now, after: then }];
  });
  return (
    <Panel title="CPU after the plan">
      <PanelBody>
        <DumbbellChart label="CPU after the plan" rows={rows.slice(0, MOST_ROWS)} limits={limits.cpu} />
      </PanelBody>
    </Panel>
  );
}

/** A second wide panel, for the browser test of widgets. */
export const cpuAfter = widget({ name: 'cpu-after', title: 'CPU after the plan', place: 'wide', needs: 'hosts', View });
