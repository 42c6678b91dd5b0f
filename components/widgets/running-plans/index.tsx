import { Freshness } from '@/components/figures/freshness';
import { Runs } from '@/components/figures/runs';
import { Panel } from '@/components/ui/panel';
import { type Payloads, type ViewProps, widget } from '../widget';

/** The plan that runs; the others are among the plans. */
function View({ data: { running, counts, readings }, now }: ViewProps<Payloads['proposal']>) {
  if (running.length === 0) return null;
  return (
    <Panel label="Running now">
      <Runs plans={running.slice(0, 1)} others={counts.running - 1} now={now} />
      <Freshness what="Plans" reading={readings.optimizer} now={now} />
    </Panel>
  );
}

export const runningPlans = widget({
  name: 'running-plans',
  title: 'Running now',
  place: 'line',
  needs: 'proposal',
  View,
});
