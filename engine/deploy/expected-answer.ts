import type { ChangeAsk } from '../model/index.ts';

/** Whether an answer shows what a step of a change's check wants to see. Pure. */
export function isAsExpected({ status, body }: { status: number; body: string }, wanted: ChangeAsk['expect']): boolean {
  if (status !== wanted.status) return false;
  if (wanted.text !== undefined && !body.includes(wanted.text)) return false;
  return wanted.lacks === undefined || !body.includes(wanted.lacks);
}

/** A path or body of such a step with the identity of this time in it. Pure. */
export const filled = (text: string, uuid: string): string => text.replaceAll('${uuid}', uuid);
