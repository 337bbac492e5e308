import * as z from 'zod';
import type { Contract } from '../contract.ts';
import type { Route } from './route.ts';

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'retryable'],
      properties: { code: { type: 'string' }, message: { type: 'string' }, retryable: { type: 'boolean' } },
    },
  },
};

function json(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return { 'application/json': { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) } };
}

/** The OpenAPI 3.1 document of one unit: the contracts of its modules and, at the entry, its routes. */
export function openApi(title: string, contracts: readonly Contract[], routes: readonly Route[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const contract of contracts) {
    for (const [name, operation] of Object.entries(contract.operations)) {
      paths[`/${contract.name}/${name}`] = {
        post: {
          operationId: `${contract.name}.${name}`,
          tags: [contract.name],
          summary: operation.summary,
          requestBody: { required: true, content: json(operation.input, 'input') },
          responses: {
            '200': { description: 'The answer', content: json(operation.output, 'output') },
            default: { description: 'An error', content: { 'application/json': { schema: errorSchema } } },
          },
        },
      };
    }
  }
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return { openapi: '3.1.0', info: { title, version: '1' }, paths };
}

function describeRoute(route: Route): unknown {
  return {
    tags: [route.audience],
    summary: route.summary,
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: json(route.body, 'input') } }),
    responses: {
      '200': {
        description: route.audience === 'page' ? 'A page' : 'The answer',
        content: route.answer === undefined ? { 'text/html': {} } : json(route.answer, 'output'),
      },
      default: { description: 'An error', content: { 'application/json': { schema: errorSchema } } },
    },
  };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): unknown[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const shape: Record<string, z.ZodType> = schema.shape;
  return Object.entries(shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !field.safeParse(undefined).success,
    schema: z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }),
  }));
}
