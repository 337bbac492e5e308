import { parseArgs } from 'node:util';
import { findAnsweringEngine } from '../docker-engine/find.ts';
import { killAll } from './kill-all.ts';
import { phasesOf, tableOf } from './table.ts';

// Kills programs that deploy, again and again, and says what was left. Exit code 1 when something was, or when somebody else's was harmed.
const { values } = parseArgs({
  options: { kills: { type: 'string' }, seed: { type: 'string' }, runtime: { type: 'string' } },
});
const kills = wholeNumber('--kills', values.kills ?? '200');
const seed = wholeNumber('--seed', values.seed ?? String(Math.floor(Math.random() * 2 ** 31)));
const kind = (['process', 'docker'] as const).find((name) => name === values.runtime);
if (values.runtime !== undefined && kind === undefined) throw new Error('--runtime must be process or docker');
const engine = kind === 'process' ? null : ((await findAnsweringEngine()) ?? null);
console.log(
  `${kills} kills, seed ${seed}, ${engine === null ? 'no engine: the process runtime alone' : `engine ${engine}`}`,
);

const outcomes = await killAll({
  kills,
  seed,
  engine,
  ...(kind === undefined ? {} : { kinds: [kind] }),
  onKill: ({ kind, target, phase, goneMs, left, touched }, index) => {
    const gone = goneMs === null ? `LEFT ${left.join(', ')}` : `gone after ${(goneMs / 1000).toFixed(1)} s`;
    const harmed = touched.length === 0 ? '' : `; HARMED ${touched.join(', ')}`;
    console.log(`${index + 1}: ${kind}, ${target}, while ${phase}: ${gone}${harmed}`);
  },
});
console.log(`\n${tableOf(outcomes)}\n\nkilled while: ${phasesOf(outcomes)}; seed ${seed}`);
process.exitCode = outcomes.every(({ left, touched }) => left.length + touched.length === 0) ? 0 : 1;

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}
