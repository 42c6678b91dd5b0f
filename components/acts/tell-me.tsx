'use client';

import { useEffect, useState } from 'react';
import type { PlanList } from '@/lib/contract/v1/plan-list';
import { SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';

const AGAIN_MS = 15 * SECOND_MS;

/** Says that another plan is over, by a notification where the browser allows it, else in the title of the tab. It starts nothing. */
export function TellMe({ planId, name }: { planId: string; name: string }) {
  const [isArmed, setArmed] = useState(false);
  const { data } = useAnswer<PlanList>(isArmed ? ADDRESSES.runningPlans : null, undefined, {
    refreshInterval: AGAIN_MS,
    refreshWhenHidden: true,
  });
  const isDone = isArmed && data?.plans.every(({ plan_id: id }) => id !== planId) === true;
  useEffect(() => {
    if (isDone) announce(`${name} is done`);
  }, [isDone, name]);
  return (
    <>
      <Button
        look="primary"
        icon={isArmed ? 'check' : 'eye'}
        aria-pressed={isArmed}
        onClick={() => {
          if (!isArmed) void askToNotify();
          setArmed(!isArmed);
        }}
      >
        Tell me when {name} is done
      </Button>
      <span role="status" className="visually-hidden">
        {isDone ? `${name} is done` : isArmed ? 'You will be told here.' : ''}
      </span>
    </>
  );
}

/** Missing if the page is not served over HTTPS. */
const hasNotifications = (): boolean => 'Notification' in window;

async function askToNotify(): Promise<void> {
  if (hasNotifications() && Notification.permission === 'default')
    await Notification.requestPermission().catch(() => {});
}

function announce(text: string): void {
  document.title = `${text} · Watcher Visio`;
  try {
    if (hasNotifications() && Notification.permission === 'granted') new Notification(text);
  } catch {
    // Phones allow it to service workers only; the title has it.
  }
}
