import { z } from 'zod';
import { operationNameSchema, repetitionSchema, type Repetition } from '../model/index.ts';

/** A JSON Schema, dialect 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const schemaSchema = z.record(z.string(), z.unknown());
const contentSchema = z.object({ content: z.object({ 'application/json': z.object({ schema: schemaSchema }) }) });

const operationSchema = z.object({
  summary: z.string().max(1000),
  'x-repeat': repetitionSchema,
  requestBody: contentSchema,
  responses: z.object({ '200': contentSchema }),
});

/** An OpenAPI 3.1 document, in the form in which the kit writes it. */
const documentSchema = z.object({
  openapi: z.string().max(20).startsWith('3.1', 'must be version 3.1'),
  paths: z.record(z.string(), z.unknown()),
});

/** Routes of an entry have no such name. */
const identifiedSchema = z.object({ post: z.object({ operationId: z.string().max(200) }) });

/** One operation of a contract: served as `POST /<module>/<operation>`. */
export interface ContractOperation {
  name: string;
  summary: string;
  repeat: Repetition;
  input: JsonSchema;
  output: JsonSchema;
}

/** What one module offers to others. */
export interface Contract {
  module: string;
  /** Its OpenAPI 3.1 document. */
  document: unknown;
  operations: readonly ContractOperation[];
}

/** A module's contract from the document of any unit that has it; what else is in there is passed over. Throws a ZodError. */
export function readContract(module: string, document: unknown): Contract {
  const { paths } = documentSchema.parse(document);
  const operations = Object.entries(paths).flatMap(([path, item]): ContractOperation[] => {
    const asked = identifiedSchema.safeParse(item).data?.post.operationId;
    const [of, name] = asked?.split('.') ?? [];
    if (of !== module) return [];
    z.literal(`/${module}/${name ?? ''}`).parse(path);
    const { post } = z.object({ post: operationSchema }).parse(item);
    return [
      {
        name: operationNameSchema.parse(name),
        summary: post.summary,
        repeat: post['x-repeat'],
        input: post.requestBody.content['application/json'].schema,
        output: post.responses['200'].content['application/json'].schema,
      },
    ];
  });
  return { module, document, operations };
}
