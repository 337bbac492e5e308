import { describe, expect, it } from 'vitest';
import { callsInCut, namedTopology, type ApiAnswer, type Topology } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { answerInWords, callersInWords, comparedInWords, cutInWords, documentInWords, readable } from './words.ts';

const cut = (name: string): Topology => {
  const found = namedTopology(shop, name);
  if (found === undefined) throw new Error(`no cut ${name}`);
  return found;
};
const calls = (name: string) => callsInCut(shop, cut(name));
const sentence = (name: string) => cutInWords(calls(name), cut(name).units.length);

describe('what a cut makes of calls', () => {
  it('is said with the same number of calls in every cut', () => {
    const all = calls('monolith').length;
    expect(sentence('monolith')).toBe(
      `${all} calls between modules, as in every cut, and all of them function calls inside one unit: the modules have the same APIs, and nothing goes over the network.`,
    );
    expect(sentence('microservices')).toBe(
      `${all} calls between modules, as in every cut, and all of them go over the network.`,
    );
    expect(sentence('macroservices')).toBe(
      `${all} calls between modules, as in every cut: 3 go over the network, ${all - 3} stay function calls inside a unit.`,
    );
    expect(cutInWords([], 1)).toBe('No module calls another.');
  });

  it('is said of who calls a module', () => {
    expect(callersInWords('payments', calls('monolith'), shop)).toBe('Called by Orders (1 a request, as a function).');
    expect(callersInWords('payments', calls('microservices'), shop)).toBe(
      'Called by Orders (1 a request, over the network).',
    );
    expect(callersInWords('storefront', calls('monolith'), shop)).toBe('No other module calls it.');
  });
});

describe('an answer', () => {
  const answer: ApiAnswer = {
    ...{ topology: cut('monolith'), runtime: 'process', unit: 'shop', request: '{}', key: null },
    ...{ status: 200, body: '{}', isCut: false, tookMs: [3, 1.5] },
  };
  it('is told with who gave it, how long it took and what it should have been', () => {
    expect(answerInWords(answer, 200)).toBe(
      '200, as the example says, from unit shop of monolith, the last of 2 in 1.50\u00a0ms.',
    );
    expect(answerInWords({ ...answer, status: 503, tookMs: [2] }, 404)).toBe(
      '503, where the example says 404, from unit shop of monolith in 2.00\u00a0ms.',
    );
  });
  it('is laid out where it is JSON', () => {
    expect(readable('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(readable('<p>no</p>')).toBe('<p>no</p>');
  });
});

it('a document is told by whose it is and how much is in it', () => {
  const part = { title: 'POST /a/b', text: '{}', isCut: false };
  expect(documentInWords({ topology: cut('monolith'), unit: 'shop', parts: [part, part, part], left: 4 })).toBe(
    'Unit shop of monolith serves 6 addresses for 9 modules.',
  );
  expect(documentInWords({ topology: cut('microservices'), unit: 'cart', parts: [part, part], left: 0 })).toBe(
    'Unit cart of microservices serves 1 address for 1 module.',
  );
});

it('what times can differ by is said, also where a cut changes nothing', () => {
  expect(comparedInWords('cart', shop)).toMatch(/crossed the network once, in any cut\. .*how Cart gets at Catalog/);
  expect(comparedInWords('payments', shop)).toMatch(/Payments asks no other module/);
});
