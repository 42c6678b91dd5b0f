import { serveLive } from '@/lib/dashboard/health';

export const dynamic = 'force-dynamic';
export const GET = serveLive;
