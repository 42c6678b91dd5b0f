export const dynamic = 'force-dynamic';

/** The least that this framework sends: what pages are compared with. */
export default function Page() {
  return <h1>Nothing</h1>;
}
