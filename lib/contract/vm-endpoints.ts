import { type Endpoint, endpoint } from './endpoint';
import { findQuerySchema, vmsQuerySchema } from './query';
import { findSchema } from './v1/find';
import { vmDetailSchema, vmsSchema } from './v1/vms';

/** Endpoints of VMs; rows of `ENDPOINTS`. */
export const VM_ENDPOINTS = {
  vms: endpoint(
    '/api/v1/vms/',
    [
      'vms',
      'VMs of all projects: where they are, whose they are, what would move them.',
      'One page of the VMs that match, sorted as requested. What they use is measured for the VMs of the page.',
    ],
    { answer: vmsSchema, query: vmsQuerySchema, counted: true, csv: '/vms.csv' },
  ),
  vm: endpoint(
    '/api/v1/vms/{id}/',
    [
      'vms',
      'One VM: its use now and over a day, and its moves with who asked for them and why.',
      'Moves as Nova recorded them.',
    ],
    { answer: vmDetailSchema, params: { id: 'UUID of the VM.' }, missing: 'Nova has no VM with this id.' },
  ),
  find: endpoint(
    '/api/v1/find/',
    [
      'vms',
      'What is called like this: VMs, hosts, plans, audits and projects.',
      'At most four VMs, found by id and address too, and three of everything else.',
    ],
    { answer: findSchema, query: findQuerySchema },
  ),
} as const satisfies Record<string, Endpoint>;
