export const dynamic = 'force-dynamic';

/** The smallest page of this framework, as the baseline. */
export default function Page() {
  return <h1>Nothing</h1>;
}
