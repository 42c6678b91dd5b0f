import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { issue, KEYSTONE, open, recordedCloud, recording } from './recorded-cloud';

const server = recordedCloud();
const V3 = 'http://127.0.0.1:5000/v3';
const denied = () => HttpResponse.json({ error: { code: 403, message: 'You are not authorized.' } }, { status: 403 });
const domains = () => HttpResponse.json({ domains: [{ id: 'default', name: 'Default' }] });
const project = (id: string) => ({ id, name: `name-of-${id}`, domain_id: 'default' });

describe('projects', () => {
  it('have the names of their own and of their domains, as recorded from Keystone', async () => {
    server.use(
      http.get(`${V3}/projects`, () => HttpResponse.json(recording('keystone-projects'))),
      http.get(`${V3}/domains`, domains),
    );
    const { projects, reach } = await open().projects();
    expect(reach).toBe('all');
    expect(projects).toContainEqual({ id: 'b9607d427fde44e4a00761b20a55f6ce', name: 'webshop', domain: 'Default' });
    expect(projects).toHaveLength(4);
  });

  it('are read page by page where Keystone limits its lists', async () => {
    const markers: (string | null)[] = [];
    server.use(
      http.get(`${V3}/domains`, domains),
      http.get(`${V3}/projects`, ({ request }) => {
        const marker = new URL(request.url).searchParams.get('marker');
        markers.push(marker);
        const first = marker === null;
        return HttpResponse.json({
          projects: first ? [project('a'), project('b')] : [project('c')],
          links: { next: first ? 'http://internal:5000/v3/projects?marker=b' : null },
        });
      }),
    );
    expect((await open().projects()).projects.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(markers).toEqual([null, 'b']);
  });

  it('are those of the account itself where policy denies the list of all, without their domains', async () => {
    server.use(
      http.get(`${V3}/projects`, denied),
      http.get(`${V3}/domains`, denied),
      http.get(`${V3}/auth/projects`, () => HttpResponse.json({ projects: [project('a')] })),
    );
    expect(await open().projects()).toEqual({
      projects: [{ id: 'a', name: 'name-of-a', domain: null }],
      reach: 'own',
    });
  });

  it('are read again with a new token if Keystone rejects the old one', async () => {
    let tokens = 0;
    server.use(
      http.post(KEYSTONE, () => issue(`token-${++tokens}`)),
      http.get(`${V3}/domains`, domains),
      http.get(`${V3}/projects`, ({ request }) =>
        request.headers.get('x-auth-token') === 'token-1'
          ? HttpResponse.json({ error: { code: 401 } }, { status: 401 })
          : HttpResponse.json({ projects: [project('a')] }),
      ),
    );
    expect((await open().projects()).projects).toHaveLength(1);
    expect(tokens).toBe(2);
  });

  it('are unknown if Keystone fails', async () => {
    server.use(
      http.get(`${V3}/domains`, domains),
      http.get(`${V3}/projects`, () => HttpResponse.json({}, { status: 500 })),
    );
    await expect(open().projects()).rejects.toMatchObject({ source: 'keystone', status: 500 });
  });
});
