import type { Command } from './command';
import { doctor } from './doctor';
import { hosts } from './hosts';
import { plans } from './plans';
import { review } from './review';
import { slots } from './slots';

/** The commands by their names, in the order of the help. `serve` is not one of them: it starts before anything compiled. */
export const COMMANDS: Record<string, Command> = { doctor, hosts, plans, review, slots };
