import { HostGone } from '@/components/hosts/host-gone';

export default function NotFound() {
  return <HostGone />;
}
