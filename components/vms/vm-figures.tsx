import type { VmDetail } from '@/lib/contract/v1/vms';
import { formatBytes, formatCores, formatCount, formatPercent } from '@/lib/format';
import { ProjectName } from '../figures/project-name';
import { Link } from '../ui/link';
import { Tile, TileFigure, TileNote, Tiles } from '../ui/tiles';
import { Name, Unknown } from '../ui/values';
import { vmsAddress } from './choice';

/** What it uses now, whose it is, and what it may use. */
export function VmFigures({ detail: { vm, vm_use: use } }: { detail: VmDetail }) {
  const { cpu_cores: cores, cpu_percentage: cpu, ram_used: ram, ram_percentage: ramShare, vcpus, flavor } = vm;
  const reason = use.reason ?? 'No exporter reports this VM.';
  return (
    <Tiles label="Now" columns={5}>
      <Tile title="CPU">
        <TileFigure
          from={null}
          changes={false}
          to={cores === null ? <Unknown reason={reason} /> : formatCores(cores)}
          unit={vcpus === null ? '' : `of ${formatCount(vcpus)} vCPU`}
        />
        <TileNote>{cpu === null ? reason : `${formatPercent(cpu)} of its vCPUs`}</TileNote>
      </Tile>
      <Tile title="RAM">
        <TileFigure
          from={null}
          changes={false}
          to={ram === null ? <Unknown reason={reason} /> : formatBytes(ram)}
          unit={vm.ram === null ? '' : `of ${formatBytes(vm.ram)}`}
        />
        <TileNote>{ramShare === null ? reason : `${formatPercent(ramShare)} that it can’t release`}</TileNote>
      </Tile>
      <Tile title="Project">
        <TileFigure from={null} changes={false} to={<ProjectName project={vm} />} />
        <TileNote title={vm.project_reason ?? undefined}>
          <Link href={vmsAddress({ project: vm.project_id })} prefetch={false}>
            {vm.project_domain === null ? 'its VMs' : `its VMs, domain ${vm.project_domain}`}
          </Link>
        </TileNote>
      </Tile>
      <Tile title="Flavor">
        <TileFigure
          from={null}
          changes={false}
          to={flavor === null ? <Unknown reason="Nova reports no flavor." /> : <Name>{flavor}</Name>}
        />
        <TileNote>
          {formatCount(vcpus)} vCPU, {formatBytes(vm.ram)}
        </TileNote>
      </Tile>
      <Tile title="Addresses">
        <TileFigure
          from={null}
          changes={false}
          to={vm.addresses[0] ? <Name>{vm.addresses[0]}</Name> : <Unknown reason="Nova reports no address." />}
        />
        <TileNote title={vm.addresses.slice(1).join(', ')}>
          {vm.addresses.length > 1 ? vm.addresses.slice(1).join(', ') : `zone ${vm.zone ?? 'unknown'}`}
        </TileNote>
      </Tile>
    </Tiles>
  );
}
