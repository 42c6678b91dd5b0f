'use client';

import { useEffect, useState } from 'react';
import type { PlanList } from '@/lib/contract/v1/plan-list';
import { SECOND_MS } from '@/lib/units';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';
import { Button } from '../ui/button';
import { titleHere } from '../ui/tab-title';

const AGAIN_MS = 15 * SECOND_MS;

type Awaited = { planId: string; name: string };

/** Whose end somebody wants to be told of, and what is said about that. */
export type Teller = { awaited: Awaited | null; choose: (plan: Awaited | null) => void; said: string };

/**
 * Says that another plan is over, by a notification where the browser allows it, else in the title of the tab. It starts nothing.
 * It belongs to what stays when the button goes: the check may hear of the end first, and then offers the start instead.
 */
export function useTeller(): Teller {
  const [awaited, choose] = useState<Awaited | null>(null);
  const { data } = useAnswer<PlanList>(awaited ? ADDRESSES.runningPlans : null, undefined, {
    refreshInterval: AGAIN_MS,
    refreshWhenHidden: true,
  });
  const isDone = awaited !== null && data?.plans.every(({ plan_id: id }) => id !== awaited.planId) === true;
  const news = isDone ? `${awaited.name} is done` : null;
  useEffect(() => {
    if (news === null) return;
    notify(news);
    return keepTitle(titleHere(news));
  }, [news]);
  return { awaited, choose, said: news ?? (awaited ? 'You will be told here.' : '') };
}

export function TellMe({ planId, name, teller }: Awaited & { teller: Teller }) {
  const isArmed = teller.awaited?.planId === planId;
  return (
    <Button
      look="primary"
      icon={isArmed ? 'check' : 'eye'}
      aria-pressed={isArmed}
      onClick={() => {
        if (!isArmed) void askToNotify();
        teller.choose(isArmed ? null : { planId, name });
      }}
    >
      Tell me when {name} is done
    </Button>
  );
}

/** Missing if the page is not served over HTTPS. */
const hasNotifications = (): boolean => 'Notification' in window;

async function askToNotify(): Promise<void> {
  if (hasNotifications() && Notification.permission === 'default')
    await Notification.requestPermission().catch(() => {});
}

/** Every refresh of the page brings its own title again. @returns how to stop */
function keepTitle(title: string): () => void {
  const keep = () => {
    if (document.title !== title) document.title = title;
  };
  keep();
  const observer = new MutationObserver(keep);
  observer.observe(document.head, { subtree: true, childList: true, characterData: true });
  return () => observer.disconnect();
}

function notify(text: string): void {
  try {
    if (hasNotifications() && Notification.permission === 'granted') new Notification(text);
  } catch {
    // Phones allow it to service workers only; the title has it.
  }
}
