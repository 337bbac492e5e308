import { z } from 'zod';
import { unknownKeysWords } from '../model/index.ts';

/** The check of a schema by another program, which ends at the first thing it finds. */
type Check = (value: unknown) => string | null;

const checks = new WeakMap<z.ZodType, Check>();

/**
 * The first thing that a schema has against a value, by what JSON Schema can say of it, as a field and what it must be; null when nothing. zod collects everything first, which for a
 * million wrong values takes gigabytes; this takes half a second to prepare, once a schema, so that it is for large values only.
 */
export async function firstProblemOf(schema: z.ZodType, value: unknown): Promise<string | null> {
  let check = checks.get(schema);
  if (check === undefined) {
    check = await checkOf(schema);
    checks.set(schema, check);
  }
  return check(value);
}

async function checkOf(schema: z.ZodType): Promise<Check> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  // Numbers and texts are as the schema that follows has them; here it matters only what is a list and what an object.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false, verbose: true });
  const validate = ajv.compile(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as object);
  return (value) => {
    if (validate(value)) return null;
    const [error] = validate.errors ?? [];
    const field = (error?.instancePath ?? '').slice(1).replaceAll('/', '.');
    // Of several alternatives the first is blamed first, and its keys need not be those that were meant.
    const alone = validate.errors?.length === 1;
    const what = (alone ? unknownKeyIn(error) : null) ?? error?.message ?? 'it does not fit';
    return `${field === '' ? 'the file' : `field "${field}"`}: ${what}`;
  };
}

const refused = z.object({
  params: z.object({ additionalProperty: z.string() }),
  parentSchema: z.object({ properties: z.record(z.string(), z.unknown()) }),
});

/** Which key is not allowed, and which are; null where something else is wrong. */
function unknownKeyIn(error: unknown): string | null {
  const parsed = refused.safeParse(error);
  if (!parsed.success) return null;
  const { params, parentSchema } = parsed.data;
  return unknownKeysWords([params.additionalProperty], Object.keys(parentSchema.properties));
}
