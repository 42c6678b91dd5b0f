import { describe, expect, it } from 'vitest';
import { movesOf, proveDrain, proveInSteps, staysOf } from '@/lib/domain/drain/proof';
import { lineOf, titleOf } from '@/lib/domain/drain/words';
import { GIB } from '@/lib/units';
import { host, room, scene, vm } from '../review/scene';

/** Hosts have 100 CPUs and 100 GiB; a VM has 4 vCPUs, 8 GiB of which it uses 4, and uses 10 cores. */

const NONE = new Set<string>();
const roomFor = (vms: number) => ({ VCPU: room(100, 100 - 4 * vms), MEMORY_MB: room(1_024_000, 409_600) });
const targets = (moves: ReturnType<typeof movesOf>) => moves.map(({ vmId, destination }) => [vmId, destination]);

describe('the proof that a host can be drained', () => {
  it('finds a place for every VM, and spreads them', () => {
    const proof = proveDrain(
      scene({ hosts: [host('a', 40), host('b', 20), host('c', 20)], vms: [vm('1', 'a'), vm('2', 'a')] }),
      'a',
    );
    expect(titleOf(proof)).toBe('All 2 VMs of a fit elsewhere');
    expect(lineOf(proof)).toBe('2 move live.');
    expect(targets(movesOf(proof, NONE))).toEqual([
      ['1', 'b'],
      ['2', 'c'],
    ]);
    const after = new Map(proof.hosts.map(({ host: name, cpu_after: cpu }) => [name, cpu]));
    expect([after.get('a'), after.get('b'), after.get('c')]).toEqual([20, 30, 30]);
  });

  it('pauses at each VM, twice, so that a server answers others in between', () => {
    const vms = Array.from({ length: 30 }, (_, i) => vm(String(i), 'a'));
    const steps = proveInSteps(scene({ hosts: [host('a', 40), host('b', 20)], vms }), 'a');
    let pauses = 0;
    while (!steps.next().done) pauses++;
    expect(pauses).toBe(1 + 2 * vms.length);
  });

  it('counts for VMs of one kind which hosts have room in use, each by its own load', () => {
    const hosts = [host('a', 40), host('b', 85), host('c', 20)];
    const proof = proveDrain(scene({ hosts, vms: [vm('1', 'a', { cores: 20 }), vm('2', 'a', { cores: 5 })] }), 'a');
    const places = new Map(proof.vms.map(({ id, places: found }) => [id, found]));
    expect(places.get('1')).toEqual({ fits: 1, of: 2, others: '1 without CPU or RAM that is free for it' });
    expect(places.get('2')).toMatchObject({ fits: 2, of: 2 });
  });

  it('refuses a backup host that is too small, by the names of the VMs that do not fit', () => {
    const proof = proveDrain(
      scene({
        hosts: [host('a', 40), host('b', 20, { inventories: roomFor(2) })],
        vms: [vm('1', 'a'), vm('2', 'a'), vm('3', 'a')],
      }),
      'a',
    );
    expect(titleOf(proof)).toBe('No place found for 1 of 3 VMs of a');
    const [blocking] = staysOf(proof, NONE);
    expect(blocking).toMatchObject({ id: '3', kind: 'blocks', isUnplaced: true });
    expect(blocking?.text).toBe('No place was found: it fits on one host now, which the VMs before it fill.');
    expect(targets(movesOf(proof, NONE))).toEqual([
      ['1', 'b'],
      ['2', 'b'],
    ]);
  });

  it('finds no place where Placement has room but the RAM or the CPU is in use', () => {
    const vms = [vm('1', 'a')];
    const ram = host('b', 20, { ram_used: 97 * GIB });
    expect(proveDrain(scene({ hosts: [host('a', 40), ram], vms }), 'a').vms[0]).toMatchObject({
      kind: 'blocks',
      text: 'No place was found: 1 without CPU or RAM that is free for it.',
    });
    const cpu = host('b', 91);
    expect(proveDrain(scene({ hosts: [host('a', 40), cpu], vms }), 'a').vms[0]).toMatchObject({ kind: 'blocks' });
    const enough = host('b', 89, { ram_used: 95 * GIB });
    expect(proveDrain(scene({ hosts: [host('a', 40), enough], vms }), 'a').vms[0]).toMatchObject({ kind: 'live' });
  });

  it('counts a VM whose use is unknown as if it used all that its flavor has', () => {
    const vms = [vm('1', 'a', { cores: null, ram_used: null })];
    const proof = proveDrain(scene({ hosts: [host('a', 40), host('b', 20, { ram_used: 93 * GIB })], vms }), 'a');
    expect(proof.vms[0]).toMatchObject({ kind: 'blocks' });
  });

  it('places what fits on the fewest hosts first', () => {
    const pinned = vm('z', 'a', { required_traits: ['HW_FAST'] });
    const proof = proveDrain(
      scene({
        hosts: [
          host('a', 40),
          host('b', 10, { traits: ['HW_FAST'], inventories: roomFor(1) }),
          host('c', 60, { inventories: roomFor(1) }),
        ],
        vms: [vm('1', 'a'), pinned],
      }),
      'a',
    );
    expect(targets(movesOf(proof, NONE))).toEqual([
      ['z', 'b'],
      ['1', 'c'],
    ]);
    expect(proof.vms.map(({ places }) => places)).toEqual([
      { fits: 1, of: 2, others: '1 with traits that do not match its flavor' },
      { fits: 2, of: 2, others: '' },
    ]);
  });

  it('keeps the VMs of a group apart on the way, too', () => {
    const members = ['1', '2', '3'].map((id) => vm(id, 'a', { groups: ['g'] }));
    const group = { id: 'g', name: 'db-apart', policy: 'anti-affinity', max_per_host: 1 };
    const proof = proveDrain(
      scene({
        hosts: [host('a', 40), host('b', 20), host('c', 20)],
        vms: members,
        groups: [{ ...group, members: members.map(({ id }) => ({ id, host: 'a' })) }],
      }),
      'a',
    );
    expect(titleOf(proof)).toBe('No place found for 1 of 3 VMs of a');
    expect(new Set(movesOf(proof, NONE).map(({ destination }) => destination)).size).toBe(2);
  });

  it('stays in the zone where Nova does not tell whether it was requested, though hosts there have warnings, too', () => {
    const aggregates = [
      { name: 'rack-a', zone: 'az-a', metadata: {}, hosts: ['a', 'hot'] },
      { name: 'rack-b', zone: 'az-b', metadata: {}, hosts: ['b'] },
    ];
    const hosts = [host('a', 40), host('hot', 40, { cpu_peak: 99 }), host('b', 10)];
    const vms = [vm('1', 'a', { zone: 'az-a', pinned_zone: undefined })];
    expect(targets(movesOf(proveDrain(scene({ hosts, vms, aggregates }), 'a'), NONE))).toEqual([['1', 'hot']]);
  });

  it('moves nothing to hosts that are down or closed', () => {
    const proof = proveDrain(
      scene({
        hosts: [host('a', 40), host('down', 10, { state: 'down' }), host('closed', 10, { status: 'disabled' })],
        vms: [vm('1', 'a')],
      }),
      'a',
    );
    expect(proof.vms[0]?.text).toBe('No place was found: 2 out of service or about to be drained.');
  });

  it('moves VMs to a host that a waiting plan would drain only where no other is as free of warnings', () => {
    const nightly = host('next', 10, { draining: 'the plan of nightly is RECOMMENDED' });
    const vms = [vm('1', 'a')];
    expect(
      targets(movesOf(proveDrain(scene({ hosts: [host('a', 40), nightly, host('b', 60)], vms }), 'a'), NONE)),
    ).toEqual([['1', 'b']]);
    const [only] = proveDrain(scene({ hosts: [host('a', 40), nightly], vms }), 'a').vms;
    expect(only).toMatchObject({ kind: 'live', move: { destination: 'next', verdict: 'warning' } });
    expect(only?.move?.reasons[0]?.text).toBe('next would be drained: the plan of nightly is RECOMMENDED.');
  });

  it('shuts nothing down that nobody allowed, and proves the others without it', () => {
    const device = vm('0', 'a', { live_obstacles: ['pci'], ram: 64 * GIB });
    const proof = proveDrain(
      scene({
        hosts: [host('a', 40), host('b', 20, { inventories: roomFor(2) })],
        vms: [device, vm('1', 'a'), vm('2', 'a', { status: 'SHUTOFF', cores: 0, ram_used: 0 })],
      }),
      'a',
    );
    // It comes last: 1 and 2 take the room, whether it may be shut down or not.
    expect(titleOf(proof)).toBe('No place found for 1 of 3 VMs of a');
    expect(lineOf(proof)).toBe('1 moves live, 1 is off already and moves cold, name-of-0 can’t move now.');
    const roomy = proveDrain(scene({ hosts: [host('a', 40), host('b', 20)], vms: [device, vm('1', 'a')] }), 'a');
    expect(titleOf(roomy)).toBe('All 2 VMs of a fit elsewhere');
    expect(lineOf(roomy)).toBe('1 moves live, 1 must be shut down to move.');
    expect(movesOf(roomy, NONE).map(({ vmId }) => vmId)).toEqual(['1']);
    expect(movesOf(roomy, new Set(['0']))).toMatchObject([
      { vmId: '1', live: true },
      { vmId: '0', live: false },
    ]);
    expect(staysOf(roomy, NONE).map(({ id }) => id)).toEqual(['0']);
  });

  it.each([
    [{ status: 'ERROR' }, 'It is in state ERROR, in which Nova moves nothing.', 'Its owner can reset or delete it.'],
    [{ status: 'VERIFY_RESIZE' }, 'It is in state VERIFY_RESIZE, in which Nova moves nothing.', null],
    [
      { must_not_move: [{ source: 'tag' as const, mark: 'pinned', text: 'tag pinned, set by its owner' }] },
      'It must not move: tag pinned, set by its owner.',
      'Whoever set the mark can lift it.',
    ],
    [{ task_state: 'migrating' }, 'Nova is busy with it (migrating).', 'Look again once that is over.'],
  ])('says what blocks and who can change it: %o', (more, text, who) => {
    const proof = proveDrain(
      scene({ hosts: [host('a', 40), host('b', 20)], vms: [vm('1', 'a', more), vm('2', 'a')] }),
      'a',
    );
    expect(titleOf(proof)).toBe('1 of 2 VMs of a fits elsewhere, 1 blocks');
    expect(proof.vms[0]).toMatchObject({ kind: 'blocks', isUnplaced: false, text, ...(who === null ? {} : { who }) });
    expect(movesOf(proof, new Set(['1', '2'])).map(({ vmId }) => vmId)).toEqual(['2']);
  });

  it('leaves a paused VM to Watchers that move it', () => {
    const parts = { hosts: [host('a', 40), host('b', 20)], vms: [vm('1', 'a', { status: 'PAUSED' })] };
    expect(proveDrain(scene({ ...parts, checks_moves: true }), 'a').vms[0]?.kind).toBe('blocks');
    expect(proveDrain(scene({ ...parts, checks_moves: false }), 'a').vms[0]?.kind).toBe('live');
  });

  it('moves nothing off a host that is down', () => {
    const proof = proveDrain(
      scene({ hosts: [host('a', 0, { state: 'down' }), host('b', 20)], vms: [vm('1', 'a')] }),
      'a',
    );
    expect(proof.vms[0]).toMatchObject({ kind: 'blocks', text: 'Its host is down: Nova can only evacuate it.' });
  });

  it('says that an empty host is empty', () => {
    const proof = proveDrain(scene({ hosts: [host('a', 0), host('b', 20)] }), 'a');
    expect(titleOf(proof)).toBe('a is empty');
    expect(lineOf(proof)).toBe('No VM is on it.');
  });
});
