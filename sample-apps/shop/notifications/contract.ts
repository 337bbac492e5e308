import * as z from 'zod';
import { defineContract, operation } from '../../kit/index.ts';
import { clientKeySchema } from '../shared/values.ts';

export const messageSchema = z.object({
  id: z.string().min(1).max(64),
  orderKey: clientKeySchema,
  to: z.string().max(200),
});
export type Message = z.infer<typeof messageSchema>;

export const notificationsContract = defineContract('notifications', {
  deliver: operation({
    summary: 'Sends each message once, however often it is handed over',
    repeat: 'safe',
    input: z.object({ messages: z.array(messageSchema).min(1).max(100) }),
    output: z.object({ accepted: z.number().int() }),
  }),
});
