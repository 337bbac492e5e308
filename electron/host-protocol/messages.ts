import { z } from 'zod';
import type {
  AppSettings,
  BridgeEvents,
  Experiment,
  ExploreState,
  LabEvent,
  RequestArguments,
  RequestName,
  RequestResults,
  ResultSummary,
} from '../../engine/model/index.ts';
import type { ProblemData } from './problem.ts';

/** Requests of the window that the engine host answers itself; main only checks and forwards them. */
export const forwardedRequests = [
  'engine:status',
  'engine:check',
  'machine:look',
  'applications:list',
  'topologies:save',
  'topologies:delete',
  'experiments:list',
  'experiments:save',
  'experiments:delete',
  'run:cancel',
  'explore:start',
  'explore:stop',
  'explore:state',
  'explore:inject',
  'explore:undo',
  'explore:replace',
  'explore:add-instance',
  'explore:take-instance-back',
  'explore:ask',
  'explore:document',
  'apis:describe',
  'claims:judge',
  'explore:impact',
  'explore:release',
  'explore:take-back',
  'explore:cancel-release',
  'results:list',
  'results:get',
  'results:rename',
  'results:tag',
  'results:note',
  'results:trash',
  'trash:list',
  'trash:restore',
  'trash:empty',
] as const satisfies readonly RequestName[];
export type ForwardedRequest = (typeof forwardedRequests)[number];

/** Where the host finds and puts things; sent before anything else, and again when the settings change. */
export interface HostConfiguration {
  /** `reader`: only reads and keeps files, beside the laboratory that runs experiments. */
  role: 'laboratory' | 'reader';
  version: string;
  applicationsDirectory: string;
  agentProgramPath: string;
  nodePath: string;
  dataDirectory: string;
  stateDirectory: string;
  workDirectory: string;
  settings: AppSettings;
}

/** A file to be written for the person: its suggested name and what is in it. */
export interface ExportedFile {
  fileName: string;
  content: string;
}

/** Forms in which the host writes a result. `print` is HTML for paper. */
export type RenderedFormat = 'html' | 'csv' | 'json' | 'markdown' | 'print';

/** A file from outside that is kept now, or was kept already. */
export type OpenedFile =
  | { kind: 'result'; summary: ResultSummary & { isNew: boolean } }
  | { kind: 'experiment'; experiment: Experiment; isNew: boolean };

/** Requests that only main makes: they carry paths or whole files, which the window never does. */
export interface OwnRequests {
  'host:configure': { arguments: [HostConfiguration]; result: void };
  /** Cancels the run and the exploration and removes what they made. */
  'host:shutdown': { arguments: []; result: void };
  /** What there is to say of an engine's address before anybody talks to it. */
  'engine:judge-address': { arguments: [address: string]; result: { problem: string | null; discovered: boolean } };
  'run:start': { arguments: RequestArguments<'run:start'>; result: { runId: string } };
  'run:continue': { arguments: RequestArguments<'run:continue'>; result: { runId: string } };
  'results:render': { arguments: [id: string, format: RenderedFormat]; result: ExportedFile };
  'results:import-file': { arguments: [path: string]; result: RequestResults['results:import'] };
  'experiments:import-file': { arguments: [path: string]; result: RequestResults['experiments:import'] };
  /** Takes in a file of either kind. */
  'claims:render': { arguments: RequestArguments<'claims:export'>; result: ExportedFile };
  'files:open': { arguments: [path: string]; result: OpenedFile };
  'experiments:render': { arguments: RequestArguments<'experiments:export'>; result: ExportedFile };
}

/** Every request main may make of the host: its arguments and its answer. */
export type HostRequests = OwnRequests & {
  [N in ForwardedRequest]: { arguments: RequestArguments<N>; result: RequestResults[N] };
};
export type HostRequestName = keyof HostRequests;

/** What the host tells main unasked. */
export interface HostEvents {
  'engine:changed': BridgeEvents['engine:changed'];
  'run:event': { runId: string; event: LabEvent };
  'explore:changed': ExploreState;
  'results:changed': null;
  'experiments:changed': null;
  'applications:changed': null;
}
export type HostEventName = keyof HostEvents;

/** Main to host. */
export const hostCommandSchema = z.strictObject({
  type: z.literal('request'),
  id: z.number().int(),
  name: z.string(),
  arguments: z.array(z.unknown()),
});
export type HostCommand = z.infer<typeof hostCommandSchema>;

/** Host to main. */
export type HostMessage =
  | { type: 'answer'; id: number; ok: true; value: unknown }
  | { type: 'answer'; id: number; ok: false; problem: ProblemData }
  /** A file system that gave no answer holds a thread of it, for good perhaps. */
  | { type: 'stuck' }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; text: string }
  | { [N in HostEventName]: { type: 'event'; name: N; payload: HostEvents[N] } }[HostEventName];
