import type { z } from 'zod';
import type { Application } from '../application.ts';
import type { FieldProblem } from '../field-problem.ts';
import type { LoadSettings } from '../load-settings.ts';
import type { MetricDefinition } from '../metric-definition.ts';
import type { Variant } from '../variant.ts';
import type { ProbePreset } from './preset.ts';

/** What the settings of a probe are held against. */
export interface ProblemContext {
  application: Application;
  load: LoadSettings;
  variants: readonly Variant[];
}

/** Where a run is about to begin. */
export interface GroundOfRun {
  /** Whether units can be held to a share of CPU. */
  cpuQuota: boolean;
  /** That the application may run on. */
  cpus: number;
  variants: readonly Variant[];
}

/** Something that a probe set out to do and did not, and why. */
export interface NotDone {
  label: string;
  reason: string | null;
}

/**
 * Everything that files and plans say of one probe. `Settings`: what an experiment asks of it; `Fields`: what it leaves in a round. What is
 * optional has nothing to say where it is left out.
 */
export interface ProbeDescription<Settings, Fields> {
  /** What it is called, as the title of its chapter. */
  title: string;
  /** The field of an experiment's `probes` that bears its name; null: it has none, and every round has the probe. */
  settings: z.ZodType<Settings | null | undefined> | null;
  /** Its fields of a round. */
  fields: { readonly [Name in keyof Fields]-?: z.ZodType<Fields[Name]> };
  /** What a round has in those fields while nothing was measured. */
  unmeasured: () => Partial<Fields>;
  metrics: Readonly<Record<string, MetricDefinition>>;
  /** What of it can be measured again alone, in words. A part `<probe>: <label>` is one of many, and called by its label. */
  parts: Readonly<Record<string, string>>;
  /** Those of its parts that a load of their own is run for, and that can be spoilt alone. */
  loadedParts?(settings: Settings): readonly string[];
  /** The settings with nothing but the parts that are kept; null where nothing is left. Left out: all, where one of its parts is kept. */
  restrict?(settings: Settings, kept: (part: string) => boolean): Settings | null;
  /** Whether what clients were told of their orders is kept in every load of a round that it is asked of. */
  needsLedger?: true;
  /** Whether it breaks the deployment on purpose, or is measured once that was done: the second copy of the baseline is spared both. */
  breaking?: 'breaks' | 'afterwards';
  /** What of the parts that were asked for was not done. */
  notDone?(fields: Fields, asked: (part: string) => boolean): NotDone[];
  /** What keeps it from measuring anything, or from being run at all; paths begin with `probes.`. */
  problems?(settings: Settings, context: ProblemContext): FieldProblem[];
  /** The settings without the last of what is done one after another, and what that was called; null where nothing can be spared. */
  thinned?(settings: Settings): { settings: Settings; leftOut: string } | null;
  /** What keeps it from being measured where a run is about to begin, one sentence; null where nothing does. */
  impossible?(settings: Settings, ground: GroundOfRun): string | null;
  /** How long it takes in a round, ms, on average over the variants. */
  estimateMs?(settings: Settings, variants: readonly Variant[]): number;
  /** Times in its fields that cannot be, each in words. */
  impossibleTimes?(fields: Fields): string[];
  /** Its fields of a round as version 1 wrote them, in the form of today. Nothing is checked: the schema judges what comes out. */
  fromVersion1?(old: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** Presets that are about it alone. */
  presets?: readonly ProbePreset<Settings>[];
}
