import { hostAddress, runAddress } from '@/components/figures/addresses';
import type { IconName, IconTone } from '@/components/ui/icon';
import type { NewsItem } from '@/lib/contract/v1/news';

/** What happened, in a line. */
export type Line = {
  icon: IconName;
  tone: IconTone;
  /** `name` is what it is about, and leads there. */
  text: [before: string, name: string, after: string];
  href: string | null;
  isFailure: boolean;
};

function describeNews(item: NewsItem): Line {
  switch (item.kind) {
    case 'move-failed':
      return {
        icon: 'error',
        tone: 'error',
        text: ['', item.vm, ` failed to move${item.stays_on === null ? '' : ` and stays on ${item.stays_on}`}`],
        href: runAddress(item.audit_id, item.plan_id),
        isFailure: true,
      };
    case 'plan-ended':
      return {
        icon: item.failed ? 'error' : 'ok',
        tone: item.failed ? 'error' : 'ok',
        text: ['', item.audit, ` ended${item.outcome === null ? '' : `: ${item.outcome.replace(/\.$/, '')}`}`],
        href: runAddress(item.audit_id, item.plan_id),
        isFailure: item.failed,
      };
    case 'host-closed':
      return {
        icon: 'warn',
        tone: 'warn',
        text: ['', item.host, ` was left disabled${item.audit === null ? '' : ` by ${item.audit}`}`],
        href: hostAddress(item.host),
        isFailure: false,
      };
    case 'act':
      return {
        icon: item.failed ? 'warn' : 'user',
        tone: item.failed ? 'warn' : 'quiet',
        text: [
          `${item.person} ${DEEDS.get(item.act) ?? `did “${item.act}” on`} `,
          item.name,
          `${item.failed ? ', without success' : ''}${item.reason === '' ? '' : `: “${item.reason}”`}`,
        ],
        href: item.plan === null ? null : runAddress(item.plan.audit_id, item.plan.plan_id),
        isFailure: false,
      };
  }
}

const DEEDS: ReadonlyMap<string, string> = new Map([
  ['start-plan', 'started'],
  ['cancel-plan', 'refused or stopped'],
  ['archive-plan', 'archived'],
  ['skip-action', 'skipped an action of'],
  ['abort-move', 'aborted a move of'],
]);

/** As many lines as there is room for. */
const MOST = 6;

/** What happened since then, failures first, each newest first. @param since ms */
export function linesSince(items: NewsItem[], since: number): { at: number; line: Line }[] {
  const lines = items.filter(({ at }) => at > since).map((item) => ({ at: item.at, line: describeNews(item) }));
  const order = (isFailure: boolean) => lines.filter(({ line }) => line.isFailure === isFailure);
  return [...order(true), ...order(false)].slice(0, MOST);
}
