import { serveLive } from '@/lib/dashboard/http/health';

export const dynamic = 'force-dynamic';
export const GET = serveLive;
