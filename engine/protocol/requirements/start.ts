import type { Bench } from '../bench.ts';
import { NotMet, shown, type Requirement } from '../requirement.ts';

type Configuration = Awaited<ReturnType<Bench['order']>>['configuration'];

/** Configurations that are wrong, and what the sentence has to name. */
const wrong: readonly [what: string, change: (right: Configuration) => unknown, names: RegExp][] = [
  ['without CLEAVE_UNIT', () => undefined, /CLEAVE_UNIT/],
  ['with CLEAVE_UNIT that is not JSON', () => '{', /JSON/],
  ['without seed', (right) => ({ ...right, seed: undefined }), /seed/],
  ['with a port of 70000', (right) => ({ ...right, listen: { ...right.listen, port: 70_000 } }), /listen\.port/],
  ['with a token of 3 characters', (right) => ({ ...right, control: { ...right.control, token: 'abc' } }), /token/],
  ['with protocol 2', (right) => ({ ...right, protocol: 2 }), /protocol/],
  [
    'with a module that it does not have',
    (right) => ({
      ...{ ...right, modules: ['nobody'] },
      units: { [right.unit]: { ...right.units[right.unit], modules: ['nobody'] } },
    }),
    /nobody/,
  ],
];
const endsWithinMs = 15_000;

export const startRequirements: readonly Requirement[] = [
  {
    name: 'starts',
    title: 'With a configuration that is right it is ready on both ports.',
    check: async (bench) => {
      await bench.unit();
    },
  },
  {
    name: 'wrong-configuration',
    title: 'With a wrong configuration it ends with status 2 and one sentence that names the field on standard error.',
    check: async (bench) => {
      await Promise.all(
        wrong.map(async ([what, change, names]) => {
          const { place, configuration } = await bench.order();
          const changed = change(configuration);
          const text = typeof changed === 'object' ? JSON.stringify(changed) : (changed as string | undefined);
          const process = await bench.options.host.start(text, place);
          const ending = await Promise.race([process.ended, after(endsWithinMs)]);
          if (ending === undefined) {
            await process.signal('SIGKILL');
            await process.ended;
            throw new NotMet(`a start ${what}`, 'its end with status 2', 'none');
          }
          const { code, signal } = ending;
          const sentence = (await ending.lastWords()).trim();
          if (code !== 2 || sentence.includes('\n') || !names.test(sentence))
            throw new NotMet(
              `a start ${what}`,
              `its end with status 2 and one sentence with ${names.source}`,
              `${code ?? signal}: ${shown(sentence)}`,
            );
        }),
      );
    },
  },
];

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
}
