import { serveSignOut } from '@/lib/dashboard/http/sign-in';

export const dynamic = 'force-dynamic';
export const POST = serveSignOut;
