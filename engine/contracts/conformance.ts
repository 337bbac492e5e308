import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { own } from '../model/index.ts';
import type { JsonSchema } from './document.ts';
import { inShort, shortened } from './json.ts';

/** A field of an answer that is not as it should be. */
export interface FieldDifference {
  /** Names and indices from the answer down to the field; empty: the answer itself. */
  path: readonly string[];
  expected: string;
  came: string;
}

/** Who answers with a long list of nothing but mistakes is told no more of them. */
const mostErrors = 500;

/** What in a value differs from a schema, each field once; empty when it is as the schema says. */
export type Judge = (value: unknown) => FieldDifference[];

/**
 * Holds values to a JSON Schema. Fields that the schema does not know are allowed everywhere: who says more still serves whoever knew less. Formats are only notes, as the dialect
 * has them. Throws an Error for a schema that is none.
 */
export function judgeBy(schema: JsonSchema): Judge {
  const ajv = new Ajv2020({
    ...{ allErrors: true, verbose: true, strict: false, logger: false },
    ...{ validateFormats: false, ownProperties: true },
  });
  const validate = ajv.compile(tolerant(schema) as object);
  return (value) => {
    if (validate(value)) return [];
    const differences = withoutBranches((validate.errors ?? []).slice(0, mostErrors))
      .filter(({ propertyName }) => propertyName === undefined)
      .map(differenceOf);
    const seen = new Set<string>();
    return differences.filter(({ path, expected }) => {
      const key = JSON.stringify([path, expected]);
      return !seen.has(key) && seen.add(key);
    });
  };
}

const inOne = new Set([
  'items',
  'contains',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'if',
  'then',
  'else',
]);
const inList = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const inRecord = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
const closing = new Set(['additionalProperties', 'unevaluatedProperties']);

/** The same schema, but for what forbids more fields; values that only look like it (`const`, `enum`, names of fields) stay. */
function tolerant(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword, value]) => !(closing.has(keyword) && value === false));
  return Object.fromEntries(
    kept.map(([keyword, value]: [string, unknown]) => {
      if (inOne.has(keyword)) return [keyword, tolerant(value)];
      if (inList.has(keyword) && Array.isArray(value)) return [keyword, value.map(tolerant)];
      if (inRecord.has(keyword) && typeof value === 'object' && value !== null)
        return [keyword, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, tolerant(inner)]))];
      return [keyword, value];
    }),
  );
}

/** Without what each alternative by itself has to say where none of several fits. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return errors.filter(
    (error) =>
      !choices.some(
        (choice) =>
          choice !== error &&
          error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
          error.instancePath.startsWith(choice.instancePath),
      ),
  );
}

function differenceOf({ keyword, instancePath, params, parentSchema, data }: ErrorObject): FieldDifference {
  const path = segmentsOf(instancePath);
  const schema: JsonSchema = parentSchema ?? {};
  const { missingProperty, propertyName } = params as { missingProperty?: string; propertyName?: string };
  if (keyword === 'required' && missingProperty !== undefined) {
    const fields = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
    return { path: [...path, missingProperty], expected: inWords(own(fields, missingProperty) ?? {}), came: 'nothing' };
  }
  if (keyword === 'propertyNames' && propertyName !== undefined) {
    const names = (schema['propertyNames'] ?? {}) as JsonSchema;
    return { path: [...path, propertyName], expected: `a name that is ${inWords(names)}`, came: inShort(propertyName) };
  }
  return { path, expected: inWords(schema), came: inShort(data) };
}

/** RFC 6901. */
function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const articles: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** What a schema asks for, in a few words. */
function inWords(schema: JsonSchema): string {
  const { const: only, enum: some, anyOf, oneOf, type } = schema;
  if (only !== undefined) return inShort(only);
  if (Array.isArray(some)) return shortened(some.map(inShort).join(' or '));
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) return shortened(choices.map((choice: JsonSchema) => inWords(choice)).join(' or '));
  const types = (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
  if (types.length === 0) return 'something';
  const named = types.map((name) => own(articles, name) ?? name).join(' or ');
  return named + boundsInWords(schema);
}

function boundsInWords(schema: JsonSchema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = schema;
  return [
    rangeInWords(minimum, maximum, ''),
    rangeInWords(minLength, maxLength, ' characters', 'of '),
    rangeInWords(minItems, maxItems, ' items', 'of '),
    typeof pattern === 'string' ? ` like ${shortened(pattern)}` : '',
  ].join('');
}

/** Limits that no number here can reach are not worth a word. */
function rangeInWords(least: unknown, most: unknown, unit: string, of = ''): string {
  const isWorth = (limit: unknown): limit is number =>
    typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  if (isWorth(least) && isWorth(most)) return ` ${of === '' ? 'from ' : of}${least} to ${most}${unit}`;
  if (isWorth(least)) return ` ${of}at least ${least}${unit}`;
  return isWorth(most) ? ` ${of}at most ${most}${unit}` : '';
}
