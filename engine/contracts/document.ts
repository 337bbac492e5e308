import { z } from 'zod';

/** A JSON Schema, dialect 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const schemaSchema = z.record(z.string(), z.unknown());
const contentSchema = z.object({ content: z.object({ 'application/json': z.object({ schema: schemaSchema }) }) });

/** Whether an operation may be asked again after a failure that left its outcome open. */
const repeatSchema = z.enum(['safe', 'with-key', 'never']);

/** Names of operations, as they stand in addresses. */
export const operationNameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/, 'must be 1 to 60 letters or digits, starting with a letter');

const operationSchema = z.object({
  summary: z.string().max(1000),
  'x-repeat': repeatSchema,
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
  repeat: z.infer<typeof repeatSchema>;
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
