import { hold, type Tally } from './compare.ts';
import { expectedFindings } from './expected.ts';
import { join, unpack } from './histogram.ts';
import { own } from './own.ts';
import type { ResultFile } from './result-file.ts';
import type { Load, RoundBase } from './round.ts';
import type { Reader } from './values.ts';

/** What a result is as a whole: that it has the findings its rounds allow, no others and none twice; its looks; its rounds' status; and its loads against their windows. */
export function auditWhole(tally: Tally, result: ResultFile, reader: Reader): void {
  const expected = expectedFindings(result, reader);
  const stated = new Map<string, number>();
  for (const { id } of result.findings) stated.set(id, (stated.get(id) ?? 0) + 1);
  for (const id of new Set([...expected, ...stated.keys()]))
    hold(tally, `${id} findings of it`, stated.get(id) ?? 0, expected.has(id) ? 1 : 0);
  auditLooks(tally, result);
  for (const round of result.rounds) {
    auditStatus(tally, round);
    auditWindows(tally, round);
  }
}

/** Looks are the plan's, all of them up to the last; where the run ended between two, for good or until it went on, one more may have been taken, which spends in proportion. */
function auditLooks(tally: Tally, { experiment, looks, sittings = [] }: ResultFile): void {
  const plan = experiment.looks ?? [];
  hold(tally, 'looks without a plan', looks.length > 0 && plan.length === 0, false);
  if (plan.length === 0) return;
  const ended = new Set([...sittings.map(({ fromBlock }) => fromBlock), looks.at(-1)?.blocks]);
  for (const [index, { blocks, alphaSpent }] of looks.entries()) {
    const name = `look ${index + 1}`;
    hold(tally, `${name} comes after the one before it`, blocks > (looks[index - 1]?.blocks ?? 0), true);
    const after = plan.find((planned) => planned.blocks >= blocks);
    const before = plan.findLast((planned) => planned.blocks < blocks) ?? { blocks: 0, alphaSpent: 0 };
    hold(tally, `${name} is planned, or where the run ended`, blocks === after?.blocks || ended.has(blocks), true);
    const way = after === undefined ? 0 : (blocks - before.blocks) / (after.blocks - before.blocks);
    const spent = after === undefined ? null : before.alphaSpent + way * (after.alphaSpent - before.alphaSpent);
    hold(tally, `${name} spends`, alphaSpent, spent);
  }
  const last = looks.at(-1)?.blocks ?? 0;
  const missing = plan.filter(({ blocks }) => blocks <= last && looks.every((look) => look.blocks !== blocks));
  hold(tally, 'planned looks that are missing', missing.map(({ blocks }) => blocks).join(', '), '');
}

/** A round is no better than what its generator and machine say of it. */
function auditStatus(tally: Tally, { id, status, latency, quietness }: RoundBase): void {
  if (latency === null || status === 'failed' || status === 'cancelled') return;
  if (!latency.generator.valid) hold(tally, `round ${id} status`, status, 'invalid');
  else {
    const calm = latency.generator.disturbances.length === 0 && quietness?.quiet !== false;
    hold(tally, `round ${id} is told as completed`, status === 'completed' && !calm, false);
  }
}

function auditWindows(tally: Tally, { id, latency, windows = [] }: RoundBase): void {
  if (latency === null || windows.length === 0) return;
  const loads = windows.map(({ load }) => load);
  const names = new Set([latency, ...loads].flatMap(({ endpoints }) => Object.keys(endpoints)));
  for (const name of names) {
    const whole = contents(latency, name);
    const parts = loads.map((load) => contents(load, name));
    for (const what of ['scheduled', 'good'] as const)
      hold(
        tally,
        `round ${id} ${name} ${what} of all windows`,
        whole[what],
        parts.reduce((sum, part) => sum + part[what], 0),
      );
    for (const what of ['responseTime', 'punctualTime', 'serviceTime', 'failureAge'] as const)
      hold(
        tally,
        `round ${id} ${name} ${what} of all windows`,
        text([whole[what]]),
        text(parts.map((one) => one[what])),
      );
  }
  const bad = loads.map(({ generator }) => generator);
  const { valid, saturated, shifted } = latency.generator;
  const name = `round ${id} generator`;
  if (bad.some((one) => !one.valid)) hold(tally, `${name} valid`, valid, false);
  if (bad.some((one) => one.saturated)) hold(tally, `${name} saturated`, saturated, true);
  for (const which of ['p50', 'p95'])
    if (bad.some((one) => one.shifted.includes(which)))
      hold(tally, `${name} ${which} shifted`, shifted.includes(which), true);
}

function contents({ endpoints }: Load, name: string) {
  const one = own(endpoints, name);
  return {
    ...{ scheduled: one?.scheduled ?? 0, good: one?.good ?? 0, responseTime: one?.responseTime ?? '' },
    ...{
      punctualTime: one?.punctualTime ?? '',
      serviceTime: one?.serviceTime ?? '',
      failureAge: one?.failureAge ?? '',
    },
  };
}

/** How many requests had each time, in words, whichever histograms they stand in. */
function text(histograms: readonly string[]): string {
  const counts = new Map<number, number>();
  for (const [microseconds, n] of join(histograms.map((one) => unpack(one))))
    counts.set(microseconds, (counts.get(microseconds) ?? 0) + n);
  return JSON.stringify([...counts]);
}
