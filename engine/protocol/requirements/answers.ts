import { createRandom } from '../../model/index.ts';
import { answerInWords, fieldsOf, goodBody, type Answer, type NoAnswer } from '../ask.ts';
import type { Unit } from '../bench.ts';
import { questionsOf } from '../questions.ts';
import { expectSame, NotAsked, NotMet, shown, type Requirement } from '../requirement.ts';

const usualQuestions = 1000;
/** At once, of each side. */
const atOnce = 4;

export const answerRequirements: readonly Requirement[] = [
  {
    name: 'defaults',
    title: 'A field that may be left out has the default of the contract.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { operation, input, path } = bench.question;
      const defaults = Object.entries(fieldsOf(operation.input['properties'])).flatMap(([name, field]) =>
        'default' in fieldsOf(field) ? [[name, fieldsOf(field)['default']] as const] : [],
      );
      if (defaults.length === 0) throw new NotAsked('the contract has no defaults');
      for (const [name, value] of defaults) {
        const ask = async (of: unknown): Promise<unknown> =>
          goodBody(
            `${path} with ${name} ${shown(of)}`,
            await unit.ask({ path, body: JSON.stringify({ ...(input as object), [name]: of }) }),
          );
        expectSame(`${path} without ${name}`, await ask(undefined), await ask(value));
      }
    },
  },
  {
    name: 'seed',
    title: 'The same seed gives the same seedHash at every start, and as in every other implementation.',
    check: async (bench) => {
      const hashOf = async (unit: Unit): Promise<unknown> =>
        fieldsOf(fieldsOf(goodBody('GET /identity', await unit.control('GET', '/identity')))['seedHash'])[bench.module];
      const own = await hashOf(await bench.unit());
      if (typeof own !== 'string' || !/^[0-9a-f]{64}$/.test(own))
        throw new NotMet('seedHash of GET /identity', '64 hexadecimal digits', shown(own));
      const again = await bench.startUnit();
      expectSame('seedHash of another start', await hashOf(again), own);
      await again.end();
      if (bench.options.reference === undefined) return own.slice(0, 12);
      expectSame('seedHash of GET /identity', own, await hashOf(await bench.reference()));
      const { value, sizes } = bench.options.seed;
      const other = { seed: { value: value + 1, sizes } };
      const [unit, reference] = [await bench.startUnit(other), await bench.startReference(other)];
      expectSame('seedHash with another seed', await hashOf(unit), await hashOf(reference));
      await Promise.all([unit.end(), reference.end()]);
      return own.slice(0, 12);
    },
  },
  {
    name: 'same-answers',
    title: 'Seeded requests that may always be repeated get the same answers as from another implementation.',
    check: async (bench) => {
      const [unit, reference] = [await bench.unit(), await bench.reference()];
      const count = bench.options.questions ?? usualQuestions;
      const questions = questionsOf(bench.options, createRandom(bench.options.seed.value, 'protocol'), count);
      if (questions.length === 0) throw new NotAsked('the contract has no operation that may always be repeated');
      let next = 0;
      let first: { index: number; difference: NotMet } | undefined;
      let different = 0;
      const ask = async (): Promise<void> => {
        for (let index = next++; index < questions.length; index = next++) {
          const question = questions[index];
          if (question === undefined) return;
          const [came, expected] = await Promise.all([unit.ask(question), reference.ask(question)]);
          if (inOneForm(came) === inOneForm(expected)) continue;
          different++;
          const asked = `request ${index + 1}, ${question.path} ${shown(question.body)}`;
          const difference = new NotMet(asked, answerInWords(expected), answerInWords(came));
          if (first === undefined || index < first.index) first = { index, difference };
        }
      };
      await Promise.all(Array.from({ length: atOnce }, ask));
      if (first !== undefined) {
        const { asked, expected, came } = first.difference;
        throw new NotMet(`${asked} (the first of ${different} of ${questions.length} that differ)`, expected, came);
      }
      return `${questions.length} requests, all with the same answer`;
    },
  },
];

/** A refusal is the same with another message: what it says to people is each implementation's own. */
function inOneForm(answer: Answer | NoAnswer): string {
  if ('came' in answer) return answer.came;
  const { status, json, text } = answer;
  if (status !== 200) return `${status} ${String(fieldsOf(fieldsOf(json)['error'])['code'])}`;
  return `${status} ${json === undefined ? text : JSON.stringify(json)}`;
}
