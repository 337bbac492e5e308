import type { Application } from '../application.ts';
import type { LoadSettings } from '../load-settings.ts';
import type { Look } from '../look.ts';
import type { Variant } from '../variant.ts';
import type { LatencySettings } from './latency/settings.ts';
import type { WarmUpSettings } from './warm-up/settings.ts';

/** A preset that is about one probe: response times are measured as ever, and of all other probes nothing is asked but what `also` says. */
export interface ProbePreset<Settings> {
  name: string;
  title: string;
  question: string;
  summary: string;
  experiment: (application: Application) => {
    variants: Variant[];
    blocks: number;
    /** Left out: all blocks, looked at once, at the end. */
    looks?: Look[];
    budgetMs?: number;
    declaredDifferences: string[];
    load: LoadSettings;
    warmUp: WarmUpSettings;
    latency: LatencySettings;
    settings: Settings;
    /** Settings of probes that explain what it finds, by probe. */
    also?: Readonly<Record<string, unknown>>;
  };
}
