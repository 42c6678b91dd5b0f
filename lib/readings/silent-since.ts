import { listComputeServices } from '@/lib/openstack/compute-services';
import type { Session } from '@/lib/openstack/session';

/** When the nova-compute of each host last reported to Nova, in ms; null where Nova does not say it. @throws SourceError of Nova */
export const readLastReports = async (session: Session): Promise<{ host: string; seenAt: number | null }[]> =>
  (await listComputeServices(session)).map(({ host, seenAt }) => ({ host, seenAt }));
