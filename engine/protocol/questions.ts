import type { ContractSuite, JsonSchema } from '../contracts/index.ts';
import { own, type Random } from '../model/index.ts';
import { fieldsOf } from './ask.ts';
import { textLike } from './pattern.ts';

/** Longest list that is drawn. */
const longestList = 8;
/** Of this share of requests one field is not as the contract says. */
const wrongShare = 0.05;

/** Requests that may always be repeated, drawn from what the contract says that inputs are; a few of them are wrong in one field. */
export function questionsOf(
  { contract }: ContractSuite,
  random: Random,
  count: number,
): { path: string; body: string }[] {
  const operations = contract.operations.filter(({ repeat }) => repeat === 'safe');
  if (operations.length === 0) return [];
  return Array.from({ length: count }, (_, index) => {
    const operation = operations[index % operations.length] ?? operations[0];
    const input = drawn(operation?.input ?? {}, random);
    const body = random.next() < wrongShare ? withOneWrong(input, random) : input;
    return { path: `/${contract.module}/${operation?.name ?? ''}`, body: JSON.stringify(body) };
  });
}

function drawn(schema: JsonSchema, random: Random): unknown {
  const { type, enum: some, const: only, anyOf } = schema;
  if (only !== undefined) return only;
  const choices = [some, anyOf].find(Array.isArray) as unknown[] | undefined;
  if (choices !== undefined) {
    const choice = choices[random.integer(0, choices.length - 1)];
    return some === undefined ? drawn(fieldsOf(choice), random) : choice;
  }
  const number = (name: string, fallback: number): number => Number(own(schema, name) ?? fallback);
  switch (type) {
    case 'object':
      return drawnObject(schema, random);
    case 'array': {
      const most = Math.min(number('maxItems', longestList), longestList);
      const length = random.integer(Math.min(number('minItems', 0), most), most);
      return Array.from({ length }, () => drawn(fieldsOf(schema['items']), random));
    }
    case 'string':
      return textLike(typeof schema['pattern'] === 'string' ? schema['pattern'] : '\\w{1,12}', random);
    case 'integer':
      return random.integer(Math.max(number('minimum', 0), -1e6), Math.min(number('maximum', 1000), 1e6));
    case 'number':
      return random.integer(number('minimum', 0), number('maximum', 1000)) / 1;
    case 'boolean':
      return random.integer(0, 1) === 1;
    default:
      return null;
  }
}

function drawnObject(schema: JsonSchema, random: Random): unknown {
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []);
  return Object.fromEntries(
    Object.entries(fieldsOf(schema['properties'])).flatMap(([name, field]) =>
      required.has(name) || random.next() < 0.7 ? [[name, drawn(fieldsOf(field), random)]] : [],
    ),
  );
}

function withOneWrong(input: unknown, random: Random): unknown {
  const names = Object.keys(fieldsOf(input));
  const name = names[random.integer(0, names.length - 1)];
  const wrong: unknown = [null, 'x'.repeat(40), -1, 1.5, {}, [{}]][random.integer(0, 5)];
  return name === undefined ? wrong : { ...fieldsOf(input), [name]: wrong };
}
