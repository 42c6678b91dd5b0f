import { Icon, type IconName, type IconTone } from '../ui/icon';
import type { ChipState } from './sources';

const ICONS: Record<ChipState, { name: IconName; tone: IconTone }> = {
  ok: { name: 'ok', tone: 'ok' },
  old: { name: 'clock', tone: 'warn' },
  error: { name: 'error', tone: 'error' },
  mock: { name: 'mock', tone: 'mock' },
  checking: { name: 'waiting', tone: 'quiet' },
};

/** How a source is doing, as a shape and a colour. */
export const SourceIcon = ({ state }: { state: ChipState }) => <Icon {...ICONS[state]} />;
