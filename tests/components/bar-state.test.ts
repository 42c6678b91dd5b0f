import { describe, expect, it } from 'vitest';
import { barStateOf, type Chosen, overState } from '@/components/acts/bar-state';
import { newsOf } from '@/components/acts/start-choices';
import { describeStartProblem } from '@/components/acts/start-problem';
import { ActProblem } from '@/components/live/send-act';
import type { PlanCheck, RefusalCode } from '@/lib/contract/v1/acts';
import { refusal } from '@/lib/domain/acts/refusal';
import { GIB } from '@/lib/units';

/** What the bar says, and what the dialog says when things change or go wrong. */

const chosen = (more: Partial<Chosen> = {}): Chosen => ({
  moves: 3,
  leftOut: 0,
  sources: 2,
  ramToCopy: 8 * GIB,
  running: ['1', '2', '3'].map((key) => ({ key, name: `vm-${key}` })),
  marked: [],
  restless: [],
  leaving: [],
  isOther: false,
  ...more,
});

const check = (more: Partial<PlanCheck> = {}): PlanCheck => ({
  made_at: 0,
  plan_id: 'plan',
  state: 'RECOMMENDED',
  seen: 'seen',
  confirm: 3,
  permission: {
    mode: 'person',
    may_act: true,
    reason: null,
    code: null,
    name: 'ops',
    roles: ['admin'],
    needs: ['admin'],
    sign_in: 'none',
    sign_in_cloud: null,
    signed_in_until: null,
  },
  will: {
    vms: 3,
    moves: 3,
    live: 3,
    cold: 0,
    shutdowns: 0,
    left_out: 0,
    sources: 2,
    ram_to_copy: 8 * GIB,
    lines: ['3 VMs will move.', 'All at once.'],
    warnings: [],
  },
  checked: [],
  start: [],
  cancel: [],
  cancelling: [],
  archive: [],
  skip: [],
  careful: [],
  ...more,
});

const bar = (more: Partial<PlanCheck>, given: { chosen?: Partial<Chosen>; loadsFrom?: string } = {}) =>
  barStateOf({ check: check(more), problem: null, chosen: chosen(given.chosen), loadsFrom: given.loadsFrom ?? null });

const queue = refusal('another-runs', 'by-hand is running, 2 of 8 done. This plan would wait.', {
  override: 'queue',
  plan: 'other',
});
const fails = refusal('would-fail', '1 of these moves would fail: vm-2. It has left its source.', {
  override: 'despite',
  moves: ['2'],
});

describe('the start bar', () => {
  it('says what will move, and starts it', () => {
    expect(bar({})).toMatchObject({ code: 'ready', lead: '3 VMs will move', start: 'Start 3 moves…', offers: [] });
    expect(bar({}).note).toBe('All at once.');
    expect(bar({}, { chosen: { leftOut: 2, moves: 1 } })).toMatchObject({
      start: 'Start 1 move…',
      note: 'What is left out will be skipped, and can’t be brought back.',
    });
  });

  it.each<[RefusalCode, string[]]>([
    ['acting-off', ['commands']],
    ['may-look', ['copy-link']],
    ['replaced', ['newer-plan']],
    ['expired', ['plans-of-audit']],
    ['cannot-check', ['retry', 'doctor']],
    ['no-applier', ['doctor']],
    ['already-started', ['watch']],
    ['nothing-left', []],
  ])('refuses for good because of %s, with another way', (code, offers) => {
    const state = bar({ start: [refusal(code, 'It is so. Since noon.'), queue, fails] });
    expect(state).toMatchObject({ code, lead: 'It is so.', rest: 'Since noon.', offers, start: null });
  });

  it('says one thing at a time, the hardest first', () => {
    const cannotSkip = [refusal('cannot-skip', 'This Watcher can’t skip moves; that came with 2025.2.')];
    const old = { loadsFrom: '02:41' };
    const codes = [
      bar(
        { start: [refusal('no-applier', 'None.'), fails, queue], skip: cannotSkip },
        { chosen: { leftOut: 1 }, ...old },
      ),
      bar({ start: [fails, queue], skip: cannotSkip }, { chosen: { leftOut: 1 }, ...old }),
      bar({ start: [fails, queue], skip: cannotSkip }, old),
      bar({ start: [fails], skip: cannotSkip }, old),
      bar({ skip: cannotSkip }, old),
      bar({ skip: cannotSkip }),
    ].map(({ code }) => code);
    expect(codes).toEqual(['no-applier', 'cannot-skip', 'another-runs', 'would-fail', 'loads-old', 'ready']);
  });

  it('names VMs that stay since they must not move', () => {
    expect(bar({}, { chosen: { leftOut: 2, marked: ['db-1', 'db-2'] } }).note).toBe(
      'db-1 and db-2 stay, since they must not move. What is left out will be skipped, and can’t be brought back.',
    );
  });

  it('starts no move of such a VM where nothing can be skipped, unless it is ticked', () => {
    const text = '1 of its moves is of a VM that must not move: vm-2 (marked by admin: licence).';
    const start = [refusal('must-not-move', text, { override: 'anyway', moves: ['2'] })];
    const running = [{ key: '1', name: 'vm-1' }];
    const refused = bar({ start }, { chosen: { leftOut: 1, marked: ['vm-2'], running } });
    expect(refused).toMatchObject({ code: 'must-not-move', start: null, offers: ['commands'] });
    expect(refused.lead).toBe('1 of its moves is of a VM that must not move:');
    expect(bar({ start }).code).toBe('ready');
    const nothing = [refusal('nothing-left', 'Nothing of this plan is left to run: vm-2 must not move.')];
    expect(bar({ start: nothing }, { chosen: { leaving: [['anyway', '2']] } }).code).toBe('ready');
    expect(bar({ start: nothing }, { chosen: { moves: 0, running: [] } }).code).toBe('nothing-left');
  });

  it('lets a person queue it, or start moves that would fail, or leave them out', () => {
    expect(bar({ start: [queue] })).toMatchObject({ start: 'Queue it anyway…', offers: ['tell-me'], planId: 'other' });
    expect(bar({ start: [fails] })).toMatchObject({
      lead: '1 of these 3 moves would fail:',
      rest: 'vm-2. It has left its source.',
      start: 'Start with them anyway…',
      moves: ['2'],
    });
    expect(bar({ start: [fails] }, { chosen: { running: [{ key: '1', name: 'vm-1' }] } }).code).toBe('ready');
  });

  it('starts nothing if nothing is ticked, or what no plan of Watcher has', () => {
    expect(bar({}, { chosen: { moves: 0, running: [], leftOut: 3 } }).code).toBe('nothing-ticked');
    expect(bar({}, { chosen: { isOther: true } })).toMatchObject({ code: 'other-destinations', start: null });
    expect(overState('FAILED')).toMatchObject({ start: null, lead: 'This plan is over: it is FAILED.' });
  });

  it('waits for the check, and says why it has none', () => {
    const waiting = barStateOf({ check: undefined, problem: null, chosen: chosen(), loadsFrom: null });
    expect(waiting).toMatchObject({ code: 'checking', note: 'Checking the plan against the cloud…' });
    const failed = barStateOf({ check: undefined, problem: 'Nova is silent.', chosen: chosen(), loadsFrom: null });
    expect(failed).toMatchObject({ code: 'unreachable', note: 'Nova is silent.', offers: ['retry'], start: null });
  });
});

describe('the start dialog', () => {
  it('says what has changed since it was opened', () => {
    const fewer = check({ will: { ...check().will, vms: 2 }, start: [fails] });
    expect(newsOf(check(), fewer)).toEqual({ lead: 'It is 2 now.', text: fails.text });
    expect(newsOf(check(), check({ seen: 'other' })).lead).toBe('Something has changed.');
  });

  it.each([
    ['act-refused', 409, 'A newer plan appeared.', ['Not started.', 'A newer plan appeared. Nothing was changed.']],
    [
      'act-failed',
      502,
      'Not started: Watcher said no. 4 actions are skipped for good.',
      ['Not started.', 'Watcher said no. 4 actions are skipped for good.'],
    ],
    [
      'acting-sign-in',
      403,
      'Keystone refused the password or the code. 4 tries left, then a pause of 5 min.',
      ['', 'Keystone refused the password or the code. 4 tries left, then a pause of 5 min.'],
    ],
    [
      'act-unknown',
      504,
      'Watcher timed out.',
      ['Unknown whether it started.', 'Asking Watcher again; don’t start it a second time.'],
    ],
    [
      '',
      0,
      'The answer was lost.',
      ['Unknown whether it started.', 'Asking Watcher again; don’t start it a second time.'],
    ],
  ])('says what came of a start that did not work: %s', (type, status, message, [lead, text]) => {
    const problem = new ActProblem(message, { status, type, refusal: null });
    expect(describeStartProblem(problem, true)).toMatchObject({ lead, message: text });
  });
});
