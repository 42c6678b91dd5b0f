import { Notice } from '@/components/ui/notice';
import { Panel, PanelBody } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { ViewProblem } from '@/lib/dashboard/views/view';

/** Why a page has no data. During the very first reading nothing has failed: the frame shows its progress. */
export function ProblemNotice({ problem }: { problem: ViewProblem }) {
  if (problem.isReading)
    return (
      <Panel label="Loading">
        <PanelBody>
          <Skeleton lines={6} />
        </PanelBody>
      </Panel>
    );
  return (
    <Notice tone="error" role="alert">
      {problem.message}
    </Notice>
  );
}
