import type { Reply, ServiceRequest } from '../wire';

/** Shared by the parts of Placement's API. */

export type PlacementRequest = ServiceRequest & {
  /** The microversion in use: 1.minor. */
  minor: number;
};

export function fault(status: number, title: string, detail: string): Reply {
  const request_id = 'req-707bd2fe-3f39-40dd-8b50-bb10f47a8c12';
  return {
    status,
    body: { errors: [{ status, title, detail: `${detail}  `, code: 'placement.undefined_code', request_id }] },
  };
}

/** Nothing is ever written, so all providers keep the same generation. */
export const GENERATION = { resource_provider_generation: 12 };

export const TRAITS = ['COMPUTE_NODE', 'COMPUTE_TRUSTED_CERTS', 'COMPUTE_VOLUME_EXTEND', 'HW_CPU_X86_AVX2'];
