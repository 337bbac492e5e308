import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { askedBefore } from './ask.ts';
import { askExample, parseExamples, type Question, type Reply } from './index.ts';

const examplesOf = (module: string) =>
  parseExamples(
    readFileSync(path.resolve(import.meta.dirname, `../../sample-apps/shop/${module}/examples.yaml`), 'utf8'),
    module,
  );
const indexOf = (module: string, title: string) => examplesOf(module).findIndex((one) => one.title === title);
const before = (module: string, title: string) =>
  askedBefore(examplesOf(module), indexOf(module, title)).map((one) => one.title);

describe('what is asked before an example', () => {
  it('is nothing where it names nothing that is made first', () => {
    expect(before('catalog', 'One product')).toEqual([]);
    expect(before('orders', 'An empty cart')).toEqual([]);
    expect(before('orders', 'An order that is not there')).toEqual([]);
    expect(before('cart', 'A new cart')).toEqual([]);
  });

  it('is what makes the things that it names, and what those need, in order', () => {
    expect(before('orders', 'Buys what is in the cart, once')).toEqual(['A filled cart']);
    expect(before('orders', 'The order that was placed')).toEqual(['A filled cart', 'Buys what is in the cart, once']);
    expect(before('cart', 'Two of another')).toEqual(['A new cart', 'One of a product, when nobody says how many']);
  });
});

describe('an example', () => {
  const asked = (answers: Reply[]) => {
    const questions: Question[] = [];
    const send = async (question: Question): Promise<Reply> => {
      questions.push(question);
      return answers[questions.length - 1] ?? { status: 200, body: '{}' };
    };
    return { questions, send };
  };
  const checkOut = indexOf('orders', 'Buys what is in the cart, once');

  it('is asked after them, with the same new names, and with its key', async () => {
    const { questions, send } = asked([]);
    const { question } = await askExample('orders', examplesOf('orders'), checkOut, send);
    expect(questions.map(({ module, operation }) => `${module}.${operation}`)).toEqual(['cart.add', 'orders.checkOut']);
    const [filled, bought] = questions.map(({ body }) => JSON.parse(body) as { cartId: string });
    expect(filled?.cartId).toMatch(/^cart-[0-9a-f-]{36}$/);
    expect(bought?.cartId).toBe(filled?.cartId);
    expect(question.key).toMatch(/^key-[0-9a-f-]{36}$/);
    const other = await askExample('orders', examplesOf('orders'), checkOut, send);
    expect(other.question.key).not.toBe(question.key);
  });

  it('is not asked where what it needs is refused, or does not say what it goes on with', async () => {
    const refused = asked([{ status: 503, body: '' }]);
    await expect(askExample('orders', examplesOf('orders'), checkOut, refused.send)).rejects.toThrow(
      '"A filled cart", which has to be asked before, was answered with 503',
    );
    expect(refused.questions).toHaveLength(1);
    const one = { title: 'Makes', operation: 'make', input: { id: 'x-${uuid}' }, capture: { got: 'a.b' } };
    const two = { title: 'Takes', operation: 'take', input: { id: '${got}' } };
    const examples = parseExamples(JSON.stringify({ version: 1, examples: [one, two] }), 'any');
    await expect(askExample('any', examples, 1, asked([{ status: 200, body: 'no' }]).send)).rejects.toThrow(
      'was answered without "a.b"',
    );
    const good = asked([{ status: 200, body: '{"a":{"b":7}}' }]);
    expect((await askExample('any', examples, 1, good.send)).question.body).toBe('{"id":7}');
    await expect(askExample('any', examples, 2, good.send)).rejects.toThrow('has no example 2');
  });

  it('that is drawn is asked alone, each time with its first draw', async () => {
    const { questions, send } = asked([]);
    const examples = examplesOf('recommendations');
    const index = examples.findIndex(({ draw }) => draw !== undefined);
    expect(askedBefore(examples, index)).toEqual([]);
    for (let time = 0; time < 2; time++) await askExample('recommendations', examples, index, send);
    const [first, second] = questions.map(({ body }) => body);
    expect(first).toMatch(/^\{"productIds":\["p-\d+","p-\d+"\],"limit":\d+\}$/);
    expect(second).toBe(first);
  });
});
