'use client';

import type { Permission } from '@/lib/contract/v1/acts';
import type { Vm } from '@/lib/contract/v1/vms';
import { MarkVm } from '../acts/mark-vm';
import { ADDRESSES } from '../live/answers';
import { useAnswer } from '../live/use-answer';

/** Marks the VM, or takes the mark off; for people who may act. */
export function MarkHere({ vm: { id, name, must_not_move: grounds } }: { vm: Vm }) {
  const { data: permission } = useAnswer<Permission>(ADDRESSES.permission);
  return <MarkVm id={id} name={name} grounds={grounds} permission={permission} isWide />;
}
