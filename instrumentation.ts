/** Next calls this once, before the server answers. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startUp } = await import('./lib/server/startup');
  await startUp({ development: process.env.NODE_ENV === 'development', listensOn: process.env.HOSTNAME });
}
