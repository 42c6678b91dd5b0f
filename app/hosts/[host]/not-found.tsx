import { Gone } from '@/components/hosts/gone';

export default function NotFound() {
  return <Gone />;
}
