import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Topology } from '../../model/index.ts';
import { failureLine } from './line.ts';
import { search, type Evidence } from './search.ts';

const traceId = '4b'.repeat(16);
const other = '0f'.repeat(16);
const request = { endpoint: 'checkout', traceId, startedAtMs: 10_000, endedAtMs: 10_800 };
const apart: Topology = {
  name: 'apart',
  units: ['web', 'orders', 'payments'].map((name) => ({ name, modules: [name] })),
};
const whole: Topology = { name: 'whole', units: [{ name: 'shop', modules: ['web', 'orders', 'payments'] }] };
const failed = (call: string, callee?: string, trace = traceId): string =>
  `2026-11-28T04:00:00.000Z error unit: failed call=${call} code=deadline${callee === undefined ? '' : ` callee=${callee}`} trace=${trace} message="no answer"`;
const route = '"web.POST /checkout"';

function ends(
  topology: Topology,
  lines: [unit: string, line: string, atMs?: number][],
  events: [unit: string, kind: Evidence['events'][number]['kind'], atMs: number][] = [],
) {
  const evidence: Evidence = {
    ...{ topology, entry: 'web' },
    lines: lines.map(([unit, line, atMs = 10_500]) => ({ unit, line, atMs })),
    events: events.map(([unit, kind, atMs]) => ({ unit, kind, atMs })),
  };
  const { steps, suspects } = search(request, evidence, true);
  return [...steps.map(({ unit, at, lines: count }) => `${unit} ${at} ${count}`), suspects.join(' ')];
}

describe('a search', () => {
  it('follows what the lines of the trace say, from log to log, to the module where it began', () => {
    expect(
      ends(apart, [
        ['web', failed(route, 'orders.place')],
        ['web', failed(route, 'orders.place', other)],
        ['orders', failed('orders.place', 'payments.authorize')],
        ['payments', failed('payments.authorize')],
      ]),
    ).toEqual(['web log 1', 'orders log 1', 'payments log 1', 'payments']);
  });

  it('reads all of it in one log where all modules have one', () => {
    expect(
      ends(whole, [
        ['shop', failed('payments.authorize')],
        ['shop', failed('orders.place', 'payments.authorize')],
        ['shop', failed(route, 'orders.place')],
      ]),
    ).toEqual(['shop log 3', 'payments']);
  });

  it('ends at a module of the same unit that never came to an end, since its caller was there to see it', () => {
    expect(
      ends(whole, [
        ['shop', failed('orders.place', 'payments.authorize')],
        ['shop', failed(route, 'orders.place')],
      ]),
    ).toEqual(['shop log 2', 'payments']);
  });

  it('asks for the state of a unit that has no line, having read all that it wrote meanwhile', () => {
    expect(
      ends(apart, [
        ['web', failed(route, 'orders.place')],
        ['orders', failed('orders.place', 'payments.authorize')],
        ['payments', failed('payments.authorize', undefined, other)],
        ['payments', 'ready', 2000],
      ]),
    ).toEqual(['web log 1', 'orders log 1', 'payments log 1', 'payments state 0', 'payments']);
  });

  it('leaves all modules of a unit that stands still, since none is nearer to it than the others', () => {
    expect(ends(whole, [], [['shop', 'pause', 9000]])).toEqual(['shop log 0', 'shop state 1', 'web orders payments']);
    expect(ends(whole, [])).toEqual(['shop log 0', 'shop state 0', 'web orders payments']);
  });

  it('sees that a unit has not come back from its end, however long ago that was, and not what it said of it', () => {
    const crashed: [string, string, number] = ['shop', 'ends because of an uncaught exception: payments', 8000];
    expect(ends(whole, [crashed], [['shop', 'die', 8050]])).toEqual([
      ...['shop log 0', 'shop state 1', 'web orders payments'],
    ]);
    const orders: [string, string][] = [
      ['web', failed(route, 'orders.place')],
      ['orders', failed('orders.place', 'payments.authorize')],
    ];
    expect(ends(apart, orders, [['payments', 'die', 8050]]).slice(-2)).toEqual(['payments state 1', 'payments']);
    // Up again by then: it was not that.
    expect(
      ends(
        whole,
        [crashed],
        [
          ['shop', 'die', 8050],
          ['shop', 'restart', 8900],
        ],
      ),
    ).toEqual(['shop log 0', 'shop state 0', 'web orders payments']);
  });

  it('takes no other line of the journey for that of the request', () => {
    expect(ends(whole, [['shop', failed('orders.list')]])).toEqual([
      'shop log 1',
      'shop state 0',
      'web orders payments',
    ]);
  });

  it('ends where lines lead in a circle, or to a module that no unit has', () => {
    expect(
      ends(whole, [
        ['shop', failed('orders.place', 'orders.place')],
        ['shop', failed(route, 'orders.place')],
      ]).at(-1),
    ).toBe('orders');
    expect(ends(apart, [['web', failed(route, 'ghosts.ask')]])).toEqual(['web log 1', 'web']);
  });

  it('comes to an end whatever the logs say, at modules that there are', () => {
    const module = fc.constantFrom('web', 'orders', 'payments', 'ghosts');
    const line = fc.tuple(
      fc.constantFrom('web', 'orders', 'payments'),
      fc.oneof(
        fc.string(),
        fc
          .tuple(module, fc.option(module, { nil: undefined }))
          .map(([call, callee]) => failed(`${call}.do`, callee === undefined ? undefined : `${callee}.do`)),
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const found = ends(apart, lines).at(-1)?.split(' ') ?? [];
        expect(found.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a line of a failed call', () => {
  it('is read in the form in which the kits write it', () => {
    expect(failureLine(failed(route, 'orders.place'))).toEqual({
      ...{ call: 'web.POST /checkout', module: 'web', callee: 'orders.place', calleeModule: 'orders', trace: traceId },
    });
    expect(failureLine(failed('orders.place'))).toMatchObject({ callee: null, calleeModule: null });
  });

  it('is not looked for in what it says in words', () => {
    expect(failureLine(`failed call=a.b code=x trace=${traceId} message="see callee=ghosts.ask"`)).toMatchObject({
      callee: null,
    });
  });

  it('is none without call or trace, or with a text that is not closed', () => {
    for (const text of [
      '',
      'failed call=a.b',
      `trace=${traceId}`,
      `failed call="a.b trace=${traceId}`,
      'recall=a.b trace=x',
    ])
      expect(failureLine(text), text).toBeNull();
  });
});
