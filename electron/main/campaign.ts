import path from 'node:path';
import { replaceFileSync } from '../../engine/files/index.ts';
import { campaignSchema, own, plural, presets, type Campaign, type LabEvent } from '../../engine/model/index.ts';
import { Problem } from '../host-protocol/index.ts';
import { readJson } from './files.ts';

/** Experiments that are measured one after another, also after the program was closed between them. */
export interface Campaigns {
  state(): Campaign | null;
  /** Throws a Problem where one is there already, or where the first cannot begin; then there is none. */
  start(application: string, presets: readonly string[], runtime: Campaign['runtime']): Promise<Campaign>;
  /** Goes on where it stopped. Throws a Problem where nothing is left, or where the next cannot begin. */
  goOn(): Promise<Campaign>;
  /** Forgets what is left; what runs goes on by itself. */
  drop(): void;
  /** A run is over. */
  ended(end: Extract<LabEvent, { type: 'run-ended' }>): void;
  /** What a run left is stored, so that the next may begin. */
  stored(): void;
}

export interface CampaignOptions {
  profile: string;
  /** Begins the experiment that a preset makes of an application, or goes on with what was measured of it. */
  begin: (next: NextExperiment) => Promise<unknown>;
  onChange: (campaign: Campaign | null) => void;
  log: (level: 'warning', text: string) => void;
}

export interface NextExperiment extends Pick<Campaign, 'application' | 'runtime' | 'measured'> {
  preset: string;
}

export function openCampaigns({ profile, begin, onChange, log }: CampaignOptions): Campaigns {
  const file = path.join(profile, 'campaign.json');
  const kept = readJson(file, campaignSchema.nullable()) ?? null;
  let current = interrupted(kept);
  const gone = goneIn(kept);
  let waiting = false;

  const write = (): void => {
    try {
      replaceFileSync(file, JSON.stringify(current, null, 2));
    } catch (error) {
      // It goes on all the same; only a program that is started anew would not know of it.
      log('warning', `the campaign could not be kept: ${String(error)}`);
    }
  };
  const keep = (next: Campaign | null): void => {
    current = next !== null && next.left.length === 0 ? null : next;
    write();
    onChange(current);
  };
  // Where nothing else is left no page tells it.
  if (gone !== null && current === null) {
    log('warning', gone);
    // Said once.
    write();
  }
  const pause = (because: string, measured: string | null = null): void => {
    waiting = false;
    if (current !== null) keep({ ...current, state: 'paused', because, measured: measured ?? current.measured });
  };
  const beginNext = async (): Promise<void> => {
    const [preset] = current?.left ?? [];
    if (current === null || preset === undefined) return;
    const { application, runtime, measured } = current;
    await begin({ application, runtime, measured, preset });
  };
  const running = (): Campaign => {
    if (current === null) throw new Problem('not-found', 'There is nothing left to measure.');
    return current;
  };
  return {
    state: () => current,
    start: async (application, presets, runtime) => {
      if (current !== null)
        throw new Problem(
          'campaign-there',
          'Experiments are being measured one after another already.',
          'Let them end, or stop them first.',
        );
      keep({ application, left: [...presets], done: [], runtime, measured: null, state: 'running', because: null });
      try {
        await beginNext();
      } catch (error) {
        keep(null);
        throw error;
      }
      return running();
    },
    goOn: async () => {
      const before = running();
      if (before.state === 'running') return before;
      // Running from here on, so that a second request begins nothing, and an end that comes at once is heard.
      keep({ ...before, state: 'running', because: null });
      try {
        await beginNext();
      } catch (error) {
        // Unless it was forgotten meanwhile.
        if (current?.state === 'running') keep({ ...current, state: 'paused', because: before.because });
        throw error;
      }
      return running();
    },
    drop: () => {
      waiting = false;
      keep(null);
    },
    ended: ({ outcome, resultId, text }) => {
      if (current?.state !== 'running') return;
      if (outcome !== 'completed') {
        pause(text, resultId);
        return;
      }
      const [preset, ...left] = current.left;
      if (preset === undefined) return;
      waiting = left.length > 0;
      keep({ ...current, left, measured: null, done: [...current.done, { preset, resultId }] });
    },
    stored: () => {
      if (!waiting || current?.state !== 'running') return;
      waiting = false;
      void beginNext().catch((error: unknown) => pause(error instanceof Error ? error.message : String(error)));
    },
  };
}

/** What was running when the program ended does not go on unasked. Experiments that there are no more, as after an upgrade, are left out, since none of them could ever begin. */
function interrupted(campaign: Campaign | null): Campaign | null {
  const left = campaign?.left.filter(isKnown) ?? [];
  if (campaign === null || left.length === 0) return null;
  const because = ['Cleave was closed before everything was measured.', goneIn(campaign)];
  const measured = left[0] === campaign.left[0] ? campaign.measured : null;
  return { ...campaign, left, measured, state: 'paused', because: because.filter((text) => text !== null).join(' ') };
}

const isKnown = (preset: string): boolean => own(presets, preset) !== undefined;

/** Which experiments there are no more, one sentence; null where all are there. */
function goneIn(campaign: Campaign | null): string | null {
  const gone = campaign?.left.filter((preset) => !isKnown(preset)) ?? [];
  if (gone.length === 0) return null;
  const names = gone.map((preset) => `"${preset}"`).join(', ');
  return `${plural(gone.length, 'experiment')} that this version does not have ${gone.length === 1 ? 'is' : 'are'} left out: ${names}.`;
}
