import { z } from 'zod';
import { loadMeasurementSchema, loadPlanSchema, loadSliceSchema } from '../model/index.ts';

/** One line of JSON a message, engine to agent on stdin, agent to engine on stdout. Clocks are ms since the epoch with fraction. */
export const agentCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({ id: z.number().int(), type: z.literal('ping') }),
  /** One HTTP request, for the control API of a unit or the first request to the entry. */
  z.strictObject({
    id: z.number().int(),
    type: z.literal('request'),
    method: z.string(),
    url: z.url(),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().nullable().default(null),
    timeoutMs: z.number().int().min(1).max(600_000),
  }),
  /** Asks `url` until it answers 200. */
  z.strictObject({
    id: z.number().int(),
    type: z.literal('await-ready'),
    url: z.url(),
    intervalMs: z.number().min(1),
    timeoutMs: z.number().int().min(1),
  }),
  z.strictObject({ id: z.number().int(), type: z.literal('load'), plan: loadPlanSchema }),
  /** Ends the load early: no new arrivals, open requests settle, the measurement follows. */
  z.strictObject({ id: z.number().int(), type: z.literal('stop-load'), loadId: z.number().int() }),
  /** Loads go to these addresses from now on, those that run and those to come; answered when requests under way to others have ended. */
  z.strictObject({ id: z.number().int(), type: z.literal('lead'), urls: z.array(z.url()).min(1) }),
]);
export type AgentCommand = z.infer<typeof agentCommandSchema>;

export const agentMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), protocol: z.literal(1), nodeVersion: z.string(), pid: z.number().int() }),
  z.strictObject({ type: z.literal('pong'), id: z.number().int(), atMs: z.number() }),
  z.strictObject({
    type: z.literal('response'),
    id: z.number().int(),
    status: z.number().int(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    startedAtMs: z.number(),
    endedAtMs: z.number(),
  }),
  z.strictObject({ type: z.literal('ready'), id: z.number().int(), readyAtMs: z.number(), attempts: z.number().int() }),
  z.strictObject({ type: z.literal('led'), id: z.number().int() }),
  z.strictObject({ type: z.literal('load-slice'), id: z.number().int(), slice: loadSliceSchema }),
  z.strictObject({ type: z.literal('load-end'), id: z.number().int(), measurement: loadMeasurementSchema }),
  z.strictObject({
    type: z.literal('failure'),
    id: z.number().int(),
    kind: z.enum(['timeout', 'refused', 'reset', 'bad-command', 'other']),
    text: z.string(),
  }),
]);
export type AgentMessage = z.infer<typeof agentMessageSchema>;
