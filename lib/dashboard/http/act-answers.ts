import 'server-only';
import { z } from 'zod';
import { bearerOf } from '@/lib/auth/api-tokens';
import { writeCookie } from '@/lib/auth/cookies';
import { nameOf } from '@/lib/auth/identify';
import { isSameOrigin } from '@/lib/auth/same-origin';
import type { HeaderReader, Visitor } from '@/lib/auth/visitor';
import { ACT_ENDPOINTS, type ActEndpointName } from '@/lib/contract/act-endpoints';
import { actSchema, permissionSchema } from '@/lib/contract/v1/acts';
import { readEnv } from '@/lib/env';
import type { Entry } from '@/lib/store/journal';
import { clientOf, isSecureFor, requireVisitor, theActing } from '../access/visitors';
import type { Act, Actor } from '../acts/act';
import { describeEntry } from '../acts/entries';
import { perform } from '../acts/perform';
import { addHandle, findHeld, permissionOf } from '../acts/permission';
import { ACTS } from '../acts/table';
import { log } from '../process/log';
import { ownMetrics } from '../process/own-metrics';
import type { RegionId } from '../process/region';
import { regionOf, signsPeopleIn } from '../sources/regions';
import { ActError } from './act-problems';
import { describeBodyIssue } from './body-words';
import { throughNext } from './own-framing';
import { readBody } from './read-body';
import { regionIn } from './region-of-request';
import { serveVisitor } from './serve';

/** The endpoints of acts. */

type Context = { params: Promise<Record<string, string>> };
type Handler = (request: Request, context: Context) => Promise<Response>;

/** Bytes; the 500 moves of a host that is drained take as much. */
const LONGEST_BODY = 65_536;
const KEY = /^[\w-]{16,128}$/;

/** @throws ActError */
async function bodyOf<B extends z.ZodObject>(request: Request, schema: B): Promise<z.output<B>> {
  const isJson = /^application\/json\b/i.test(request.headers.get('content-type') ?? '');
  if (!isJson) throw new ActError('wrong-body', 'The body must be JSON, with Content-Type: application/json.');
  const text = await readBody(request, LONGEST_BODY);
  if (text === null) throw new ActError('body-too-large', `The body has more than ${LONGEST_BODY} bytes.`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ActError('wrong-body', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ActError('wrong-body', issue ? describeBodyIssue(issue, schema, json) : 'The body is not allowed.');
}

/** A request with a cookie must come from one of our pages; programs send a token instead. */
function requireOwnPage({ by }: Visitor, headers: HeaderReader): void {
  if (by === 'keystone token' || by === 'api token') return;
  // A program that talks to the demo has no cookie, and sends neither.
  const isProgram = by === 'open access' && !headers.get('origin') && !headers.get('sec-fetch-site');
  if (!isProgram && !isSameOrigin(headers))
    throw new ActError('other-origin', 'Acts are accepted from pages of this server only.');
}

/** Who acts, and with whose token. @throws ActError */
async function actorOf(
  visitor: Visitor,
  headers: HeaderReader,
  { region, run }: { region: RegionId; run: string },
): Promise<Actor & { handle: string | null }> {
  const permission = await permissionOf(visitor, headers, region);
  const { cloud } = regionOf(region);
  const isHome = signsPeopleIn(region);
  const base = { address: clientOf(headers), identifiedBy: visitor.by, person: visitor.name, handle: null };
  const held = permission.mode === 'person' || !isHome ? findHeld(visitor, headers, { cloud, run }) : null;
  // What a token of their own allows, Keystone decides; the account of this server would allow anything.
  const hasOwnToken = held !== null && permission.mode === 'person';
  if (!permission.may_act && !hasOwnToken)
    throw new ActError('act-not-allowed', permission.reason ?? '', { refusal: permission.code ?? undefined });
  if (visitor.by === 'open access' || (permission.mode === 'service' && isHome))
    return { ...base, userId: visitor.userId, domain: null, token: null };
  const own = visitor.by === 'keystone token' && isHome ? bearerOf(headers) : null;
  if (own !== null) return { ...base, userId: visitor.userId, domain: null, token: own };
  if (held === null)
    throw new ActError(
      'acting-sign-in',
      isHome ? 'Give your password again to act.' : `Sign in to the cloud ${cloud} to act.`,
    );
  const { person, token } = held.held;
  const actor = { ...base, handle: held.handle, userId: person.id, domain: person.domain };
  if (isHome) return { ...actor, person: person.name, token };
  // Who signed in here is named too: an account of another cloud may be that of several people.
  const name = `${visitor.name} as ${nameOf(person)} of ${cloud}`;
  return { ...actor, person: name, token: permission.mode === 'service' ? null : token };
}

/** Keeps the person's token for acts that follow from this one. */
function keepToken<B>(
  act: Act<B>,
  entry: Entry,
  { handle, token, person, userId, cloud }: Actor & { handle: string | null; cloud: string },
) {
  if (!act.keepsTokenFor) return;
  const run = act.keepsTokenFor(entry);
  if (handle !== null) theActing().keepForRun(handle, run);
  // A program sends it with each of its own requests.
  else if (token !== null && act.goesOn)
    theActing().keepSent({ token, cloud, person: { id: userId ?? '', name: person, domain: '', roles: [] } }, run);
}

/** How an endpoint of an act answers. */
function serveAct<B extends z.ZodObject>({ body: schema }: { body: B }, act: Act<z.output<B>>): Handler {
  return (request, context) =>
    serveVisitor(request, async () => {
      const { headers } = request;
      const region = regionIn(request);
      const visitor = await requireVisitor();
      requireOwnPage(visitor, headers);
      const key = headers.get('idempotency-key') ?? '';
      if (!KEY.test(key))
        throw new ActError(
          'no-idempotency-key',
          'Send the header Idempotency-Key: 16 to 128 letters, digits, hyphens or underscores, new for each act.',
        );
      const body = await bodyOf(request, schema);
      // Next gives none to an address without parameters.
      const params = (await context.params) ?? {};
      const { handle, ...actor } = await actorOf(visitor, headers, {
        region,
        run: params.plan ?? params.run ?? '',
      });
      const entry = await perform(act, { region, params, body }, { actor, key });
      const last = entry.outcomes.at(-1);
      if (last?.outcome === 'done') keepToken(act, entry, { ...actor, handle, cloud: regionOf(region).cloud });
      ownMetrics().acts.inc({ region, act: act.name, outcome: last?.outcome ?? 'unknown' });
      if (last?.outcome !== 'done') throw ActError.ofEntry(entry);
      return json(z.encode(actSchema, describeEntry(entry)));
    });
}

const json = (body: unknown, headers: [string, string][] = []): Response => {
  const text = JSON.stringify(body);
  const framing: [string, string][] = [
    ['content-type', 'application/json'],
    ['content-length', String(Buffer.byteLength(text))],
    ['cache-control', 'no-store'],
  ];
  return new Response(text, { headers: [...throughNext(framing), ...headers] });
};

/** POST /api/v1/acting/sign-in/ */
const serveActingSignIn: Handler = (request) =>
  serveVisitor(request, async () => {
    const { headers } = request;
    const visitor = await requireVisitor();
    requireOwnPage(visitor, headers);
    const body = await bodyOf(request, ACT_ENDPOINTS.actingSignIn.body);
    const region = regionIn(request);
    const { cloud } = regionOf(region);
    const { ACTIONS: mode } = readEnv();
    if (mode === 'off' || (mode === 'service' && signsPeopleIn(region)))
      throw new ActError('act-not-allowed', 'Nobody signs in to act here.', { refusal: 'acting-off' });
    const outcome = await theActing().signIn(headers, visitor, { form: body, cloud });
    const client = clientOf(headers);
    ownMetrics().signIns.inc({ result: outcome.ok ? 'in' : outcome.refusal });
    if (!outcome.ok) {
      log().info({ client, result: outcome.refusal }, 'sign-in to act refused');
      throw ActError.ofSignIn(outcome);
    }
    log().info({ visitor: visitor.name, client, cloud }, 'signed in to act');
    const { handle, held } = outcome;
    const others = addHandle(visitor, headers, { handle, cloud });
    const cookie = writeCookie('acting', {
      value: others.value,
      expiresAt: Math.max(held.expiresAt, others.expiresAt),
      secure: isSecureFor(headers),
    });
    const permission = {
      ...(await permissionOf(visitor, headers, region)),
      signed_in_until: held.actsUntil,
      roles: held.person.roles,
    };
    return json(z.encode(permissionSchema, permission), [['set-cookie', cookie]]);
  });

/** The POST handlers of every endpoint that has one. */
export const ACT_ANSWERS: Record<ActEndpointName, Handler> = {
  startPlan: serveAct(ACT_ENDPOINTS.startPlan, ACTS.startPlan),
  beginCareful: serveAct(ACT_ENDPOINTS.beginCareful, ACTS.beginCareful),
  pauseCareful: serveAct(ACT_ENDPOINTS.pauseCareful, ACTS.pauseCareful),
  resumeCareful: serveAct(ACT_ENDPOINTS.resumeCareful, ACTS.resumeCareful),
  endCareful: serveAct(ACT_ENDPOINTS.endCareful, ACTS.endCareful),
  cancelPlan: serveAct(ACT_ENDPOINTS.cancelPlan, ACTS.cancelPlan),
  archivePlan: serveAct(ACT_ENDPOINTS.archivePlan, ACTS.archivePlan),
  skipAction: serveAct(ACT_ENDPOINTS.skipAction, ACTS.skipAction),
  abortMove: serveAct(ACT_ENDPOINTS.abortMove, ACTS.abortMove),
  createAudit: serveAct(ACT_ENDPOINTS.createAudit, ACTS.createAudit),
  suspendAudit: serveAct(ACT_ENDPOINTS.suspendAudit, ACTS.suspendAudit),
  resumeAudit: serveAct(ACT_ENDPOINTS.resumeAudit, ACTS.resumeAudit),
  endAudit: serveAct(ACT_ENDPOINTS.endAudit, ACTS.endAudit),
  askFirst: serveAct(ACT_ENDPOINTS.askFirst, ACTS.askFirst),
  changeInterval: serveAct(ACT_ENDPOINTS.changeInterval, ACTS.changeInterval),
  archiveAudit: serveAct(ACT_ENDPOINTS.archiveAudit, ACTS.archiveAudit),
  closeHost: serveAct(ACT_ENDPOINTS.closeHost, ACTS.closeHost),
  drainHost: serveAct(ACT_ENDPOINTS.drainHost, ACTS.drainHost),
  maintainHost: serveAct(ACT_ENDPOINTS.maintainHost, ACTS.maintainHost),
  openHost: serveAct(ACT_ENDPOINTS.openHost, ACTS.openHost),
  markServer: serveAct(ACT_ENDPOINTS.markServer, ACTS.markServer),
  unmarkServer: serveAct(ACT_ENDPOINTS.unmarkServer, ACTS.unmarkServer),
  actingSignIn: serveActingSignIn,
};
