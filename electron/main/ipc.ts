import { ipcMain, type IpcMainInvokeEvent, type WebFrameMain } from 'electron';
import type { Envelope, RequestArguments, RequestName, RequestResults } from '../../engine/model/index.ts';
import { Problem, problemData } from '../host-protocol/index.ts';
import type { Log } from './log.ts';
import type { requestSchemas } from './request-schemas.ts';
import { weighs } from './weight.ts';

/** Answers one request; throw a Problem for an error a person can act on. */
export type Handler<N extends RequestName> = (
  ...args: RequestArguments<N>
) => Promise<RequestResults[N]> | RequestResults[N];

export interface Requests {
  handle<N extends RequestName>(name: N, handler: Handler<N>): void;
}

/** The largest request, in characters of text and numbers counted as eight: a chart as a picture is the biggest. */
const maximumWeight = 24_000_000;
const maximumDepth = 40;

/**
 * The one way in for the window. Every request: only from the main frame of our own page, of a known name, not too large or
 * deep, with arguments of the right shape; every answer an envelope, an error one sentence without a stack.
 */
export function openRequests(isOwnPage: (frame: WebFrameMain) => boolean, log: Log): Requests {
  const handlers = new Map<string, (args: unknown[]) => Promise<unknown>>();
  // Half of what main would load before there is a window; the page asks for nothing until its process has started.
  const schemas = import('./request-schemas.ts').then(({ requestSchemas }) => requestSchemas);

  const answer = async (event: IpcMainInvokeEvent, name: unknown, args: unknown): Promise<Envelope<unknown>> => {
    try {
      const frame = event.senderFrame;
      if (frame === null || frame.parent !== null || !isOwnPage(frame))
        throw new Problem('foreign-sender', 'This page may not talk to Cleave.');
      if (typeof name !== 'string' || !Object.hasOwn(await schemas, name))
        throw new Problem('unknown-request', 'Cleave does not know this request.');
      if (!Array.isArray(args) || !weighs(args, maximumWeight, maximumDepth))
        throw new Problem('too-large', 'The request is too large or nested too deeply.');
      const handler = handlers.get(name);
      if (handler === undefined) throw new Problem('not-available', 'This is not available right now.');
      return { ok: true, value: await handler(args) };
    } catch (error) {
      log(
        'warning',
        `request ${String(name).slice(0, 60)} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return { ok: false, error: problemData(error) };
    }
  };
  ipcMain.handle('cleave:request', answer);

  return {
    handle: (name, handler) => {
      handlers.set(name, async (args) => handler(...parseArguments(await schemas, name, args)));
    },
  };
}

/** Checks arguments against the request's schema. Throws a Problem that names the field. */
function parseArguments<N extends RequestName>(
  schemas: typeof requestSchemas,
  name: N,
  args: unknown[],
): RequestArguments<N> {
  const parsed = schemas[name].safeParse(args);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.slice(1).map(String).join('.') ?? '';
    throw new Problem(
      'bad-arguments',
      `${field === '' ? 'The request' : `Field "${field}"`}: ${issue?.message ?? 'not valid'}.`,
    );
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema is the one of this name
  return parsed.data as RequestArguments<N>;
}
