import { ACT_ANSWERS } from '@/lib/dashboard/http/act-answers';

export const dynamic = 'force-dynamic';
export const POST = ACT_ANSWERS.askFirst;
