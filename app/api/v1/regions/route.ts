import { ANSWERS } from '@/lib/dashboard/answers';

export const dynamic = 'force-dynamic';
export const GET = ANSWERS.regions;
