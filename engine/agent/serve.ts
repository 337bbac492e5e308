import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { failureOfError } from './agent-failure.ts';
import { clockMs } from './clock.ts';
import { httpRequest } from './http-request.ts';
import { readLines } from './lines.ts';
import type { LoadNews } from './load-messages.ts';
import { LoadWorkers } from './load-workers.ts';
import { agentCommandSchema, type AgentCommand, type AgentMessage } from './protocol.ts';
import { awaitReady } from './readiness.ts';

/** Obeys commands from `input` until it ends. `program` is the file to start again as a load process. */
export async function serveAgent(input: Readable, output: Writable, program: string): Promise<void> {
  const tell = (message: AgentMessage): void => {
    output.write(`${JSON.stringify(message)}\n`);
  };
  const workers = new LoadWorkers(program, (news) => tell(messageOf(news)));
  tell({ type: 'hello', protocol: 1, nodeVersion: process.version, pid: process.pid });
  await readLines(input, (line) => {
    const command = parseCommand(line);
    if ('failure' in command) tell(command.failure);
    else {
      obey(command, workers, tell).catch((error: unknown) => {
        const { kind, message } = failureOfError(error);
        tell({
          type: 'failure',
          id: command.id,
          kind: kind === 'gone' || kind === 'protocol' ? 'other' : kind,
          text: message,
        });
      });
    }
  });
  workers.close();
}

async function obey(command: AgentCommand, workers: LoadWorkers, tell: (message: AgentMessage) => void): Promise<void> {
  const { id } = command;
  switch (command.type) {
    case 'ping':
      tell({ type: 'pong', id, atMs: clockMs() });
      break;
    case 'request':
      tell({ type: 'response', id, ...(await httpRequest(command)) });
      break;
    case 'await-ready':
      tell({ type: 'ready', id, ...(await awaitReady(command)) });
      break;
    case 'load':
      workers.start(id, command.plan);
      break;
    case 'stop-load':
      // A load that has just ended by itself has told so already.
      workers.stop(command.loadId);
      break;
    case 'lead':
      await workers.lead(command.urls);
      tell({ type: 'led', id });
      break;
  }
}

function messageOf(news: LoadNews): AgentMessage {
  switch (news.type) {
    case 'slice':
      return { type: 'load-slice', id: news.id, slice: news.slice };
    case 'end':
      return { type: 'load-end', id: news.id, measurement: news.measurement };
    case 'failed':
      return { type: 'failure', id: news.id, kind: 'other', text: news.text };
  }
}

function parseCommand(line: string): AgentCommand | { failure: AgentMessage } {
  let id = -1;
  try {
    const json: unknown = JSON.parse(line);
    id = z.object({ id: z.number().int() }).safeParse(json).data?.id ?? -1;
    return agentCommandSchema.parse(json);
  } catch (error) {
    const text = error instanceof z.ZodError ? z.prettifyError(error) : 'A command is not JSON.';
    return { failure: { type: 'failure', id, kind: 'bad-command', text } };
  }
}
