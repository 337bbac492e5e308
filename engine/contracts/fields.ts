import { z } from 'zod';
import { formatCount, printable, type ApiField } from '../model/index.ts';
import type { JsonSchema } from './document.ts';
import { inShort, shortened } from './json.ts';

/** What is told of a schema is bounded: so many fields, so deep, and so many choices each. */
const mostFields = 100;
const deepest = 5;
const mostChoices = 6;

/** What is read of a schema; the rest of its words say nothing to people. */
const nodeSchema = z
  .object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    properties: z.record(z.string(), z.unknown()).optional(),
    required: z.array(z.string()).optional(),
    items: z.unknown(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown(),
    default: z.unknown(),
    anyOf: z.array(z.unknown()).optional(),
    oneOf: z.array(z.unknown()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxLength: z.number().optional(),
  })
  .partial();
type Node = z.infer<typeof nodeSchema>;

/** The fields that a schema describes in plain words, outer ones before what is in them. What cannot be read is `anything`. Pure. */
export function fieldsOf(schema: JsonSchema): ApiField[] {
  const node = nodeOf(schema);
  const fields = within(node, '', deepest);
  return fields.length > 0 || isEmptyObject(node)
    ? fields.slice(0, mostFields)
    : [{ path: '', type: typeOf(node, deepest), required: true }];
}

function nodeOf(schema: unknown): Node {
  return nodeSchema.safeParse(schema).data ?? {};
}

function isEmptyObject({ type, properties }: Node): boolean {
  return type === 'object' && Object.keys(properties ?? {}).length === 0;
}

/** The fields of an object, or of the objects in a list. */
function within({ properties, required = [], items, anyOf, oneOf }: Node, path: string, left: number): ApiField[] {
  if (left === 0) return [];
  if (items !== undefined) return within(nodeOf(items), `${path}[]`, left - 1);
  // Something or nothing: what the something has.
  const alternatives = (anyOf ?? oneOf ?? []).map(nodeOf).filter(({ type }) => type !== 'null');
  const [only, ...others] = alternatives;
  if (only !== undefined && others.length === 0) return within(only, path, left - 1);
  return Object.entries(properties ?? {})
    .slice(0, mostFields)
    .flatMap(([name, schema]) => {
      const node = nodeOf(schema);
      const told = shortened(inOneLine(name));
      const at = path === '' ? told : `${path}.${told}`;
      return [{ path: at, type: typeOf(node, left), required: required.includes(name) }, ...within(node, at, left - 1)];
    });
}

function typeOf(node: Node, left: number): string {
  const base = baseOf(node, left);
  return node.default === undefined ? base : `${base}; ${inShort(node.default)} where it is left out`;
}

function baseOf(node: Node, left: number): string {
  if (left === 0) return 'anything';
  if (node.const !== undefined) return inShort(node.const);
  if (node.enum !== undefined) return choice(node.enum.map(inShort));
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return choice(alternatives.map((one) => typeOf(nodeOf(one), left - 1)));
  const types = [node.type ?? []].flat();
  return types.length === 0 ? 'anything' : choice(types.map((type) => word(type, node, left)));
}

function inOneLine(text: string): string {
  return printable(text).replaceAll(/\s+/g, ' ');
}

/** A few of them, each once. */
function choice(words: readonly string[]): string {
  const different = [...new Set(words.map(inOneLine))];
  const shown = different.slice(0, mostChoices).join(' or ');
  return different.length > mostChoices ? `${shown} or ${different.length - mostChoices} others` : shown || 'anything';
}

function word(type: string, node: Node, left: number): string {
  switch (type) {
    case 'string':
      return node.maxLength === undefined ? 'text' : `text, at most ${node.maxLength} characters`;
    case 'integer':
      return `whole number${rangeOf(node)}`;
    case 'number':
      return `number${rangeOf(node)}`;
    case 'boolean':
      return 'yes or no';
    case 'null':
      return 'nothing';
    case 'object':
      return 'object';
    case 'array': {
      const inner = node.items === undefined ? 'anything' : typeOf(nodeOf(node.items), left - 1);
      return inner === 'object' ? 'list of objects' : `list of: ${inner}`;
    }
    default:
      return 'anything';
  }
}

/** Bounds that somebody chose, not those of what a computer can count. */
function rangeOf({ minimum, maximum }: Node): string {
  const isMeant = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (isMeant(minimum) && isMeant(maximum)) return `, ${formatCount(minimum)} to ${formatCount(maximum)}`;
  if (isMeant(minimum)) return `, ${formatCount(minimum)} or more`;
  return isMeant(maximum) ? `, ${formatCount(maximum)} or less` : '';
}
