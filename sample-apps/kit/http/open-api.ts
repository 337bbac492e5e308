import * as z from 'zod';
import { headers } from '../calls/remote.ts';
import type { Contract } from '../contract.ts';
import { cookieName } from './cookie.ts';
import { keyPattern, patiencePattern } from './request-context.ts';
import { bodyTypes, jsonType, type Route } from './route.ts';

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

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', pattern: keyPattern.source },
};

const deadlineParameter = {
  name: headers.deadline,
  in: 'header',
  required: false,
  description: 'How long the caller waits, ms',
  schema: { type: 'string', pattern: patiencePattern.source },
};

const cookieParameter = { name: cookieName, in: 'cookie', required: false, schema: { type: 'string' } };

const error = { description: 'An error', content: { [jsonType]: { schema: errorSchema } } };
const errorPage = { description: 'An error, for people', content: { 'text/html': { schema: { type: 'string' } } } };

function content(types: readonly string[], schema: z.ZodType, io: 'input' | 'output'): unknown {
  const described = { schema: z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
  return Object.fromEntries(types.map((type) => [type, described]));
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
          'x-repeat': operation.repeat,
          parameters: [deadlineParameter, ...(operation.repeat === 'with-key' ? [keyParameter] : [])],
          requestBody: { required: true, content: content([jsonType], operation.input, 'input') },
          responses: {
            '200': { description: 'The answer', content: content([jsonType], operation.output, 'output') },
            default: error,
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
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
      deadlineParameter,
      ...(route.cookie === undefined ? [] : [cookieParameter]),
    ],
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: content(bodyTypes(route), route.body, 'input') } }),
    responses: {
      [String(route.success ?? 200)]: success(route),
      default: route.audience === 'page' ? errorPage : error,
    },
  };
}

function success(route: Route): unknown {
  if (route.success === 303)
    return {
      description: 'Done; to be seen at another address',
      headers: {
        Location: { required: true, schema: { type: 'string' } },
        ...(route.cookie === 'set' ? { 'Set-Cookie': { required: true, schema: { type: 'string' } } } : {}),
      },
    };
  if (route.audience === 'page')
    return { description: 'A page', content: { 'text/html': { schema: { type: 'string' } } } };
  return { description: 'The answer', content: content([jsonType], route.answer ?? z.unknown(), 'output') };
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
