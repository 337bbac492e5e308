import * as z from 'zod';
import { sleep } from '../clock.ts';
import { defineContract, operation } from '../contract.ts';
import { CallError } from '../errors.ts';
import { route } from '../http/route.ts';
import { defineModule } from '../module.ts';

// For tests only: an entry that asks, and a callee with every way to answer.

export const calleeContract = defineContract('callee', {
  double: operation({
    summary: 'Twice a number',
    repeat: 'safe',
    input: z.object({ value: z.number().int().min(0, 'must not be negative') }),
    output: z.object({ value: z.number().int() }),
  }),
  fail: operation({
    summary: 'Fails as asked',
    repeat: 'never',
    input: z.object({ how: z.enum(['refuse', 'break', 'lie']) }),
    output: z.object({ value: z.number() }),
  }),
  wait: operation({
    summary: 'Waits',
    repeat: 'never',
    input: z.object({ ms: z.number() }),
    output: z.object({ waited: z.number() }),
  }),
  remember: operation({
    summary: 'Writes one row',
    repeat: 'with-key',
    input: z.object({ text: z.string() }),
    output: z.object({ key: z.string().nullable(), rows: z.number() }),
  }),
});

export const callee = defineModule({
  contract: calleeContract,
  uses: {},
  migrations: ['CREATE TABLE callee_rows (text TEXT NOT NULL)'],
  create: ({ database }) => ({
    handlers: {
      double: ({ value }) => Promise.resolve({ value: value * 2, more: 'is left out' }),
      fail({ how }) {
        if (how === 'refuse') throw new CallError('conflict', 'no, thank you');
        if (how === 'break') throw new TypeError('nobody foresaw this');
        return Promise.resolve({ value: 'not a number' as unknown as number });
      },
      async wait({ ms }) {
        await sleep(ms);
        return { waited: ms };
      },
      async remember({ text }, context) {
        await database.run(context, 'INSERT INTO callee_rows (text) VALUES (?)', text);
        const row = await database.get<{ rows: number }>(context, 'SELECT COUNT(*) AS rows FROM callee_rows');
        return { key: context.idempotencyKey ?? null, rows: row?.rows ?? 0 };
      },
    },
    audit: () => Promise.resolve({ audited: true }),
  }),
});

const askerContract = defineContract('asker', {});
const bodySchema = z.object({
  operation: z.string(),
  input: z.unknown(),
  key: z.string().optional(),
  fallback: z.boolean().default(false),
});

/** `POST /ask` calls the callee and gives its answer or its error. */
export const asker = defineModule({
  contract: askerContract,
  uses: { callee: calleeContract },
  create: ({ clients, degrade }) => ({
    handlers: {},
    routes: [
      route({
        method: 'POST',
        path: '/ask',
        audience: 'api',
        summary: 'Asks the callee',
        body: bodySchema,
        answer: z.unknown(),
        async handle({ body }, context) {
          const client = clients.callee as Record<string, (input: unknown, inside: typeof context) => Promise<unknown>>;
          const ask = (inside: typeof context): Promise<unknown> =>
            client[body.operation]?.(body.input, { ...inside, idempotencyKey: body.key }) ??
            Promise.reject(new CallError('not-found', 'no such operation'));
          return { kind: 'json', body: body.fallback ? await degrade(context, ask, 'substitute') : await ask(context) };
        },
      }),
    ],
  }),
});

export const toyModules = { asker, callee };
export const toyCuts = {
  together: { all: ['asker', 'callee'] },
  apart: { front: ['asker'], back: ['callee'] },
} as const;
