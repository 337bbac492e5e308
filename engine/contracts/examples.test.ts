import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadApplication } from '../deploy/index.ts';
import { loadExamples } from './examples.ts';
import { ContractError, parseExamples } from './index.ts';

const applications = path.resolve(import.meta.dirname, '../../sample-apps');
const one = { title: 'One', operation: 'get', input: {} };
const file = (...examples: unknown[]): string => stringify({ version: 1, examples });

/** The one sentence with which a file is refused. */
function refusalOf(text: string): string {
  try {
    parseExamples(text, 'cart');
  } catch (error) {
    expect(error).toBeInstanceOf(ContractError);
    return (error as Error).message;
  }
  return 'not refused';
}

describe('a file of examples', () => {
  it('is read with what it leaves out', () => {
    expect(parseExamples(file(one), 'cart')).toEqual([{ ...one, again: false, expect: { status: 200 }, capture: {} }]);
  });

  it.each<[what: string, text: string, refusal: RegExp]>([
    ['no YAML', 'a: [', /the file is not YAML/],
    ['an alias in itself', 'a: &a [*a]', /an alias in the file contains itself/],
    ['nothing', '', /the file: /],
    ['another version', stringify({ version: 2, examples: [one] }), /field "version"/],
    ['no examples', file(), /field "examples": /],
    ['too many', file(...Array.from({ length: 201 }, () => structuredClone(one))), /field "examples": /],
    ['a field that nobody knows', file({ ...one, expected: {} }), /field "examples.0": .*expected/],
    ['no operation', file({ title: 'One', input: {} }), /field "examples.0.operation"/],
    [
      'an operation that is a path',
      file({ ...one, operation: '../x' }),
      /operation": must be 1 to 60 letters or digits/,
    ],
    ['a status that is neither', file({ ...one, expect: { status: 302 } }), /status": must be 200, or from 400 to 599/],
    ['a refusal without its code', file({ ...one, expect: { status: 404 } }), /error": must be there with a status/],
    ['a code of what is no refusal', file({ ...one, expect: { error: 'x' } }), /error": must be there with a status/],
    [
      'an answer of a refusal',
      file({ ...one, expect: { status: 404, error: 'x', answer: {} } }),
      /answer": must only be there with status 200/,
    ],
    [
      'a variable nobody gave',
      file({ ...one, input: { id: '${id}' } }),
      /0.input": unknown variable "\$\{id\}"; allowed: uuid/,
    ],
    ['one given too late', file({ ...one, key: '${id}', capture: { id: 'id' } }), /0.key": unknown variable/],
    ['one given twice', file({ ...one, capture: { uuid: 'id' } }), /capture.uuid": there is such a variable already/],
    ['half a variable', file({ ...one, input: '${uuid' }), /input": has "\$\{" without its "\}"/],
    ['a path that is none', file({ ...one, capture: { id: 'a..b' } }), /capture.id": must be a dotted path/],
    ['a prototype', 'version: 1\n__proto__: {}\nexamples: []\n', /nothing can be named __proto__/],
    ['a draw of nothing', file({ ...one, draw: {} }), /0.draw": must draw something/],
    ['a draw that is none', file({ ...one, draw: { n: { kind: 'number' } } }), /0.draw.n.kind": /],
    [
      'a draw that no request can carry',
      file({ ...one, draw: { n: { kind: 'choice', values: ['ok', 'a\u0000'] } } }),
      /0.draw.n.values.1": must be text without control characters/,
    ],
    [
      'a drawn variable of another name',
      file({ ...one, draw: { n: { kind: 'uuid' } }, input: '${uuid}' }),
      /0.input": unknown variable "\$\{uuid\}"; allowed: n$/,
    ],
    [
      'a draw of what there is',
      file({ ...one, draw: { uuid: { kind: 'uuid' } } }),
      /draw.uuid": there is such a variable already/,
    ],
    ['a key of what is drawn', file({ ...one, draw: { n: { kind: 'uuid' } }, key: 'k' }), /0.key": must not be there/],
    [
      'what goes on with something drawn',
      file({ ...one, draw: { n: { kind: 'uuid' } }, capture: { id: 'id' } }),
      /0.capture": must be empty with "draw"/,
    ],
    [
      'another module that shall refuse',
      file({ ...one, module: 'catalog', expect: { status: 404, error: 'x' } }),
      /module": another module is only asked to make ready/,
    ],
    [
      'an input without end',
      file({ ...one, input: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as unknown }),
      /input": is nested deeper than 32 levels/,
    ],
  ])('%s is refused in one sentence that says where', (_what, text, refusal) => {
    expect(refusalOf(text)).toMatch(refusal);
    expect(refusalOf(text)).toMatch(/^examples of "cart": [^\n]+$/);
  });

  it('is refused in one line or read, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((text) => `version: 1\nexamples: [${text}]`),
        ),
        (text) => {
          expect(refusalOf(text)).toMatch(/^(not refused|examples of "cart": .+)$/);
        },
      ),
    );
  });

  it('may use what an earlier example took from its answer', () => {
    const text = file({ ...one, capture: { id: 'order.id' } }, { ...one, input: { id: '${id}' } });
    expect(parseExamples(text, 'cart')).toHaveLength(2);
  });

  it('is the one that the manifest names', async () => {
    const shop = await loadApplication(applications, 'shop');
    const laboratory = { applicationsDirectory: applications };
    const text = readFileSync(path.join(applications, 'shop/catalog/examples.yaml'), 'utf8');
    expect(await loadExamples(laboratory, shop, 'catalog')).toEqual(parseExamples(text, 'catalog'));
    await expect(loadExamples(laboratory, shop, 'storefront')).rejects.toThrow(
      'module "storefront" of "shop" has no examples; name a file of them as modules.storefront.examples in its manifest',
    );
  });
});
