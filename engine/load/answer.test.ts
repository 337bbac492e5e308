import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAnswer } from './answer.ts';
import { compileWorkload, requestText } from './journey.ts';
import { noVariables } from './template.ts';

const header = { headers: { 'x-id': '${id}' } };
const two = (use: object) =>
  compileWorkload({
    baseUrl: 'http://127.0.0.1:1',
    methods: {},
    journeys: {
      two: {
        title: 'Two',
        weight: 1,
        draw: {},
        steps: [
          {
            endpoint: 'page',
            path: '/',
            headers: {},
            expect: { status: [200], fields: [] },
            capture: { id: 'a.0.id' },
          },
          {
            endpoint: 'use',
            path: '/use/${id}',
            headers: {},
            body: { exact: '${id}', within: 'id ${id}' },
            expect: { status: [200], fields: [] },
            capture: {},
            ...use,
          },
        ],
      },
    },
  }).journeys[0]!.steps;

/** The request that follows an answer with that id, or how the answer was judged where none can follow. */
function following(id: string, use: object = {}): string {
  const [first, second] = two(use);
  const variables = noVariables();
  const judged = judgeAnswer(first!, 200, `{"a":[{"id":${id}}]}`, variables);
  return judged === 'expected' ? requestText(second!, variables, '') : judged;
}

const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,30})$/);
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.option(fc.stringMatching(/^\.[0-9]{1,25}$/), { nil: '' }),
    fc.option(fc.stringMatching(/^[eE][+-]?[0-9]{1,4}$/), { nil: '' }),
  )
  .map((parts) => parts.join(''));

describe('a captured number', () => {
  test('goes into the next request as it was written, whatever JavaScript would make of it', () => {
    fc.assert(
      fc.property(numberText, (text) => {
        const request = following(text, header);
        expect(request).toContain(` /use/${encodeURIComponent(text)} HTTP/1.1\r\n`);
        expect(request).toContain(`\r\nx-id: ${text}\r\n`);
        expect(request.endsWith(`\r\n\r\n{"exact":${text},"within":"id ${text}"}`)).toBe(true);
      }),
      {
        examples: [['1e400'], ['-1e400'], ['9007199254740993'], ['12345678901234567890'], ['0.10'], ['-0'], ['1e-400']],
      },
    );
  });

  test('is kept within a list or an object, too', () => {
    expect(following('{"n":[9007199254740993,1e400],"t":"x"}')).toContain(
      '{"exact":{"n":[9007199254740993,1e400],"t":"x"},"within":',
    );
  });

  test('has no fields of its own', () => {
    const [first] = two({});
    const within = { ...first!, captures: [{ name: 'id', path: ['id', 'rawJSON'], inHeader: false }] };
    expect(judgeAnswer(within, 200, '{"id":1}', noVariables())).toBe('shape');
  });
});

describe('a captured value that no request can carry as it is has the wrong shape', () => {
  test.each([['"a\\ud83d"'], [`${'['.repeat(200_000)}1${']'.repeat(200_000)}`], ['01'], ['1e'], ['NaN'], ['']])(
    'anywhere (%#)',
    (id) => {
      expect(following(id)).toBe('shape');
    },
  );

  test('in a header: control characters, and blanks at its ends', () => {
    for (const id of ['"a\\nb"', '"a\\u0000"', '"\\u007f"', '" a"', '"a\\t"', '" "']) {
      expect([id, following(id, header)]).toEqual([id, 'shape']);
      expect(following(id)).toContain('POST /use/');
    }
    expect(following('"a b"', header)).toContain('x-id: a b\r\n');
  });
});
