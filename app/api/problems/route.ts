import { serveProblemKinds } from '@/lib/dashboard/http/documents';

export const dynamic = 'force-dynamic';
export const GET = serveProblemKinds;
