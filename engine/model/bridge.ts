import { z } from 'zod';
import {
  mostAsks,
  mostExamples,
  operationNameSchema,
  type ApiAnswer,
  type ApiModule,
  type UnitDocument,
} from './api.ts';
import { appSettingsSchema, type AppSettings } from './app-settings.ts';
import type { Application } from './application.ts';
import type { Campaign } from './campaign.ts';
import { lessonReaderSchema, type Claims } from './claim.ts';
import type { DecisionWeights } from './decision-question.ts';
import { decisionWeightsSchema } from './decision-weights.ts';
import type { LabEvent, UnitState } from './event.ts';
import { experimentSchema, type Experiment, type RuntimeKind } from './experiment.ts';
import type { ExploreRelease, LiveChanges, ReleaseByHand } from './explore-release.ts';
import { faultSchema, type Fault } from './fault.ts';
import type { RunTiming } from './learned-estimate.ts';
import { nameSchema } from './name.ts';
import type { MachineNow } from './quietness.ts';
import type { Replacement } from './replacement-words.ts';
import { replacementStrategySchema, type ReplacedInstance } from './replacement.ts';
import type { Result } from './result.ts';
import { notesSchema, tagSchema, titleSchema } from './text.ts';
import { topologySchema, type Topology } from './topology.ts';

/** Whether a container engine answers, and what to do when not. */
export interface EngineStatus {
  state: 'checking' | 'healthy' | 'stopped' | 'missing' | 'error';
  name: string | null;
  version: string | null;
  /** Where it was found, for example a socket; no user names. */
  endpoint: string | null;
  /** What is the matter, one sentence; null when healthy. */
  problem: string | null;
  /** The exact next step for this operating system; null when healthy. */
  nextStep: string | null;
  checkedAtMs: number;
}

export interface ApplicationSummary {
  application: Application;
  /** Topologies the user saved, after those of the manifest. */
  savedTopologies: Topology[];
}

export interface ResultSummary {
  id: string;
  title: string;
  tags: string[];
  notes: string;
  status: Result['status'];
  startedAt: string;
  endedAt: string;
  preset: string | null;
  runtime: RuntimeKind;
  application: string;
  variants: string[];
  blocks: number;
  /** Sentences of the decided headline findings. */
  headlines: string[];
  /** How long measuring took, ms, where that is not all of the time between beginning and end because it was continued later. */
  tookMs?: number | undefined;
  timing: RunTiming;
}

export const trashedKindSchema = z.enum(['result', 'experiment', 'cut']);

/** Something in the trash. */
export interface Trashed {
  kind: z.infer<typeof trashedKindSchema>;
  /** Among those of its kind. */
  id: string;
  title: string;
  /** A few words that tell it from others. */
  about: string;
  /** Since when, ms since the epoch. */
  atMs: number;
}

export interface RunSnapshot {
  runId: string;
  active: boolean;
  /** Everything that happened so far, logs limited to the last 2,000 lines. */
  events: LabEvent[];
}

/** One instance of a unit. */
export interface ExploreUnit {
  /** Of the unit, the same for all its instances. */
  name: string;
  /** From 0; a further one, or one that took the place of another, has a number of its own. */
  instance: number;
  modules: string[];
  state: UnitState;
  cpuShare: number | null;
  memoryBytes: number | null;
  restarts: number;
}

/** A replacement of instances of a deployment by hand, under way or the last one that was. */
export interface ExploreReplacement {
  what: Replacement;
  /** Since when, ms since the epoch. */
  sinceMs: number;
  /** What came of it; null while it is under way. */
  end: {
    tookMs: number;
    /** Why it could not be done, one sentence; null when it was. */
    problem: string | null;
    /** What became of each instance that was replaced; empty where none was. */
    replaced: ReplacedInstance[];
  } | null;
}

/** From what on visitors are counted: something that was broken by hand, a replacement, or a release. */
export type ExploreCause =
  | { kind: 'fault'; fault: Fault }
  | { kind: 'replacement'; replacement: Replacement }
  | { kind: 'release'; release: ReleaseByHand };

/** What one change gets into in the cut that is deployed. */
export interface ExploreImpact {
  /** Modules whose own files it edits. */
  modules: string[];
  /** Units whose program becomes another. */
  units: string[];
}

/** What the visitors of a deployment got from one kind of request since something was last broken, replaced or released by hand, or since it stands. */
export interface VisitedEndpoint {
  name: string;
  /** Requests whose time had come. */
  asked: number;
  /** Those that got no good answer within the visitors' patience. */
  failed: number;
  /** Whether one of the last second's failed. */
  failingNow: boolean;
}

/** A few simulated visitors, who show what a deployment still does. */
export interface ExploreVisitors {
  /** What was broken, replaced or released by hand last, and when, ms since the epoch; null where nothing was. */
  since: { atMs: number; cause: ExploreCause } | null;
  /** In the order of the application's manifest. */
  endpoints: VisitedEndpoint[];
}

export interface ExploreState {
  phase: 'idle' | 'starting' | 'running' | 'stopping' | 'failed';
  runtime: RuntimeKind | null;
  topology: Topology | null;
  url: string | null;
  /** Every instance of every unit that there is now. */
  units: ExploreUnit[];
  /** The last replacement by hand; null until there is one. */
  replacement: ExploreReplacement | null;
  /** The last change that was released or taken back; null until there is one. */
  release: ExploreRelease | null;
  live: LiveChanges;
  faults: { id: string; fault: Fault; sinceMs: number }[];
  /** Null until the first second of visits is over. */
  visitors: ExploreVisitors | null;
  problem: string | null;
  logs: { atMs: number; unit: string; stream: 'stdout' | 'stderr'; line: string }[];
}

export const exportFormatSchema = z.enum(['html', 'pdf', 'csv', 'json', 'markdown']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

const idSchema = z.string().regex(/^[a-z0-9-]{1,80}$/);
const none = z.tuple([]);

/** Arguments of every request the window may make, checked before anything happens. */
export const requestSchemas = {
  'app:info': none,
  'app:diagnostics': none,
  'app:open-logs': none,
  'app:open-link': z.tuple([z.enum(['docker-install', 'documentation'])]),
  'engine:status': none,
  'engine:check': none,
  'machine:look': none,
  'applications:list': none,
  'topologies:save': z.tuple([nameSchema, topologySchema]),
  'topologies:delete': z.tuple([nameSchema, nameSchema]),
  'experiments:list': none,
  'experiments:save': z.tuple([experimentSchema]),
  'experiments:delete': z.tuple([nameSchema]),
  'experiments:import': none,
  'experiments:export': z.tuple([experimentSchema]),
  /** What is being edited, as the window keeps it. */
  'drafts:read': none,
  'drafts:write': z.tuple([z.string().max(8_000_000)]),
  'run:start': z.tuple([experimentSchema]),
  /** Measures what the plan of a result has left. */
  'run:continue': z.tuple([idSchema]),
  'run:cancel': z.tuple([idSchema]),
  'run:snapshot': none,
  'explore:start': z.tuple([nameSchema, topologySchema]),
  'explore:stop': none,
  'explore:state': none,
  'explore:inject': z.tuple([faultSchema]),
  'explore:undo': z.tuple([z.string().max(80)]),
  /** Replaces a unit, or all of them; only all can be switched over at once. */
  'explore:replace': z
    .tuple([nameSchema.nullable(), replacementStrategySchema])
    .refine(([unit, strategy]) => unit === null || strategy !== 'blue-green', {
      path: [1],
      message: 'one unit is replaced by recreate or rolling; blue-green replaces all of them',
    }),
  'explore:add-instance': z.tuple([nameSchema]),
  'explore:take-instance-back': z.tuple([nameSchema]),
  /** What a change of the application gets into. */
  'explore:impact': z.tuple([nameSchema]),
  'explore:release': z.tuple([nameSchema, replacementStrategySchema]),
  /** Takes what was released back, in the way in which it was released. */
  'explore:take-back': none,
  'explore:cancel-release': none,
  'explore:open': none,
  /** Asks a module of the deployment one of its examples, so many times in a row. */
  'explore:ask': z.tuple([
    nameSchema,
    operationNameSchema,
    z
      .number()
      .int()
      .min(0)
      .max(mostExamples - 1),
    z.number().int().min(1).max(mostAsks),
  ]),
  /** The OpenAPI document of a unit of the deployment. */
  'explore:document': z.tuple([nameSchema]),
  /** What the modules of an application offer, by their sources. */
  'apis:describe': z.tuple([nameSchema]),
  /** What stored results of a runtime say of each claim; null: of whichever there are results of. */
  'claims:judge': z.tuple([nameSchema, z.enum(['docker', 'process']).nullable()]),
  /** Lesson cards, one a claim, as a Markdown file. */
  'claims:export': z.tuple([nameSchema, z.enum(['docker', 'process']).nullable(), lessonReaderSchema]),
  /** Measures these presets one after another, in that runtime; null: in what the settings say. */
  'campaign:start': z.tuple([nameSchema, z.array(nameSchema).min(1).max(20), z.enum(['docker', 'process']).nullable()]),
  'campaign:go-on': none,
  'campaign:drop': none,
  'campaign:state': none,
  'weights:get': z.tuple([nameSchema]),
  /** What counts for decisions about an application; null: nothing was said. */
  'weights:set': z.tuple([nameSchema, decisionWeightsSchema.nullable()]),
  'results:list': none,
  'results:get': z.tuple([idSchema]),
  'results:rename': z.tuple([idSchema, titleSchema]),
  'results:tag': z.tuple([idSchema, z.array(tagSchema).max(50)]),
  'results:note': z.tuple([idSchema, notesSchema]),
  'results:trash': z.tuple([idSchema]),
  'trash:list': none,
  'trash:restore': z.tuple([trashedKindSchema, z.string().regex(/^[a-z0-9-]{1,80}(\/[a-z0-9-]{1,40})?(\.\d{1,6})?$/)]),
  'trash:empty': none,
  'results:import': none,
  'results:export': z.tuple([idSchema, exportFormatSchema]),
  'chart:export': z.tuple([z.string().max(100), z.string().startsWith('data:image/png;base64,').max(20_000_000)]),
  'settings:get': none,
  'settings:set': z.tuple([appSettingsSchema]),
  'settings:choose-folder': none,
} as const;
export type RequestName = keyof typeof requestSchemas;
export type RequestArguments<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>;

/** What each request answers. A path is the saved file's, or null when the person cancelled the dialog. */
export interface RequestResults {
  'app:info': { version: string; platform: string; cpus: number; memoryBytes: number; dataFolder: string };
  'app:diagnostics': string;
  'app:open-logs': void;
  'app:open-link': void;
  'engine:status': EngineStatus;
  'engine:check': EngineStatus;
  'machine:look': MachineNow;
  'applications:list': ApplicationSummary[];
  'topologies:save': ApplicationSummary[];
  /** What it is called in the trash, as all that is deleted; null when there was none. */
  'topologies:delete': string | null;
  'experiments:list': Experiment[];
  'experiments:save': Experiment[];
  'experiments:delete': string | null;
  'experiments:import': { experiment: Experiment; isNew: boolean } | null;
  'experiments:export': string | null;
  'drafts:read': string | null;
  'drafts:write': void;
  'run:start': { runId: string };
  'run:continue': { runId: string };
  'run:cancel': void;
  'run:snapshot': RunSnapshot | null;
  'explore:start': void;
  'explore:stop': void;
  'explore:state': ExploreState;
  'explore:inject': { id: string };
  'explore:undo': void;
  'explore:replace': void;
  'explore:add-instance': void;
  'explore:take-instance-back': void;
  'explore:impact': ExploreImpact;
  'explore:release': void;
  'explore:take-back': void;
  'explore:cancel-release': void;
  'explore:open': void;
  'explore:ask': ApiAnswer;
  'explore:document': UnitDocument;
  'apis:describe': ApiModule[];
  'claims:judge': Claims;
  'claims:export': string | null;
  'campaign:start': Campaign;
  'campaign:go-on': Campaign;
  'campaign:drop': void;
  'campaign:state': Campaign | null;
  'weights:get': DecisionWeights | null;
  'weights:set': void;
  'results:list': ResultSummary[];
  'results:get': Result;
  'results:rename': ResultSummary;
  'results:tag': ResultSummary;
  'results:note': ResultSummary;
  'results:trash': void;
  'trash:list': Trashed[];
  'trash:restore': void;
  'trash:empty': number;
  'results:import': (ResultSummary & { isNew: boolean }) | null;
  'results:export': string | null;
  'chart:export': string | null;
  'settings:get': AppSettings;
  'settings:set': AppSettings;
  'settings:choose-folder': string | null;
}

/** What the main process tells the window unasked. */
export interface BridgeEvents {
  'engine:changed': EngineStatus;
  /** Events of the running experiment, in order, a batch at a time. */
  'run:events': { runId: string; events: LabEvent[] };
  'explore:changed': ExploreState;
  'campaign:changed': Campaign | null;
  'results:changed': null;
  'experiments:changed': null;
  'applications:changed': null;
  'settings:changed': AppSettings;
  /** A menu entry or deep link asks the window to go somewhere or do something. */
  'menu:command': {
    command:
      /** To the page that the argument names. */
      'go' | 'palette' | 'shortcuts' | 'launch-smoke' | 'cancel-run' | 'open-run' | 'open-result' | 'open-experiment';
    argument: string | null;
  };
}
export type BridgeEventName = keyof BridgeEvents;

/** Answer of every request across the bridge; an error is one sentence and, where there is one, the next step. */
export type Envelope<T> =
  | { ok: true; value: T }
  | { ok: false; error: { code: string; message: string; nextStep: string | null } };

/** What the preload script puts on `window.cleave`. `on` returns its unsubscribe. */
export interface Bridge {
  request<N extends RequestName>(name: N, ...args: RequestArguments<N>): Promise<Envelope<RequestResults[N]>>;
  on<N extends BridgeEventName>(name: N, listener: (payload: BridgeEvents[N]) => void): () => void;
}
