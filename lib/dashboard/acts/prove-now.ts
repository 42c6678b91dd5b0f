import 'server-only';
import type { Scene } from '@/lib/contract/v1/scene';
import { type DrainProof, proveInSteps } from '@/lib/domain/drain/proof';
import { setScene } from '@/lib/domain/projection/scene';
import { inSteps } from '@/lib/yield';
import { clusterOf } from '../collect/joined';
import { listDraining, placingOf } from '../views/plan-scene';
import type { HostLook } from './look-at-host';

/** The proof that a host can be drained, with the cloud as it is now. */
export async function proveNow({ host, readings }: HostLook): Promise<{ scene: Scene; proof: DrainProof }> {
  const others = clusterOf(readings).hosts.map(({ name }) => name);
  const parts = await placingOf(readings, `drain ${host.name}`, { named: others });
  const scene = setScene({
    ...parts,
    actions: [],
    happened: new Map(),
    use: readings.planLoad?.value?.use ?? {},
    draining: new Map((await listDraining(readings)).map(({ host: name, text }) => [name, text])),
    drained: [host.name],
    excluded: [],
  });
  return { scene, proof: await inSteps(proveInSteps(scene, host.name)) };
}
