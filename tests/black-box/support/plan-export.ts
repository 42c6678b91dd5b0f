/** Downloads of plans, from builds that call them `export` and from older ones, whose path still leads there. */

export type Exported = { markdown: string; csv: string; commands: string };

async function readJson(url: string): Promise<unknown> {
  // The first reading of the cloud takes a moment.
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(url);
    if (answer.ok) return answer.json();
    if (answer.status !== 503) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} stays 503`);
}

const answered = async (url: string): Promise<boolean> => (await fetch(url)).ok;

/** What the newest plan becomes if a host is emptied beside it, for each host in turn. */
export async function* exportsByEmptiedHost(url: string): AsyncGenerator<Exported> {
  const { hosts } = (await readJson(`${url}/api/v1/hosts/`)) as { hosts: { name: string }[] };
  const { audits } = (await readJson(`${url}/api/v1/audits/`)) as { audits: { id: string }[] };
  const plans = audits.map(({ id }) => `${url}/api/v1/audits/${id}/plans/newest/take-away/`);
  for (const plan of plans) {
    if (!(await answered(plan))) continue;
    for (const { name } of hosts) yield (await readJson(`${plan}?${new URLSearchParams({ empty: name })}`)) as Exported;
    return;
  }
  throw new Error('No audit has a plan.');
}
