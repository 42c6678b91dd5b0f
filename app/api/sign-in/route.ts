import { serveSignIn } from '@/lib/dashboard/sign-in';

export const dynamic = 'force-dynamic';
export const POST = serveSignIn;
