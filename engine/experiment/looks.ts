import type { Clock } from '../clock/index.ts';
import { computeFindings } from '../evaluation/index.ts';
import {
  finishedBlocks,
  isHeadline,
  isOpen,
  neverDiffered,
  type Application,
  type Experiment,
  type Finding,
  type LabEvent,
  type Look,
  type Round,
} from '../model/index.ts';
import type { OrderSlot } from './order.ts';

export interface LooksContext {
  experiment: Experiment;
  application: Application;
  order: readonly (readonly OrderSlot[])[];
  rounds: readonly Round[];
  clock: Clock;
  /** Looks that were taken before this run went on. */
  before: readonly Look[];
  keepLook: (look: Look) => Promise<void>;
  onEvent: (event: LabEvent) => void;
}

/** Follows what the blocks say while they are measured. Only a planned look judges, and only its verdicts may end a run: others would each be one more chance to be wrong. */
export class Looks {
  readonly taken: Look[];
  readonly #context: LooksContext;

  constructor(context: LooksContext) {
    this.#context = context;
    this.taken = [...context.before];
  }

  /** After every block: tells what the headlines are now, and gives why the run may end; null to go on. */
  async afterBlock(): Promise<string | null> {
    const { experiment, application, rounds, clock, onEvent, keepLook } = this.#context;
    const blocks = finishedBlocks(experiment, rounds);
    // What was looked at before, and lost since, is not looked at again: that would spend its chance twice.
    const seen = this.taken.at(-1)?.blocks ?? 0;
    const look = experiment.looks?.find((planned) => planned.blocks === blocks && blocks > seen) ?? null;
    if (look !== null) {
      this.taken.push(look);
      await keepLook(look);
    }
    const order = this.#context.order.map((block) => block.map(({ variant }) => variant)).slice(0, blocks);
    const findings = computeFindings({ experiment, application, rounds: [...rounds], order, looks: this.taken });
    const headlines = findings.filter(isHeadline);
    const open = headlines.filter(isOpen);
    const judged = look !== null;
    onEvent({
      ...{ atMs: clock.nowMs(), type: 'findings', blocks, judged, open: judged ? open.length : headlines.length },
      findings: judged ? headlines : headlines.map(unjudged),
    });
    return judged && headlines.length > 0 && open.length === 0 && blocks < experiment.blocks
      ? whyEnough(headlines, blocks)
      : null;
  }
}

function whyEnough(headlines: readonly Finding[], blocks: number): string {
  const alike = headlines.filter(neverDiffered).length;
  const apart = headlines.filter(({ effect }) => effect === null).length;
  const decided = headlines.length - alike - apart;
  if (alike + apart === 0) return `all ${headlines.length} headlines are decided after ${blocks} blocks`;
  const others = [
    ...(alike === 0 ? [] : [`${alike} differed in no deployment, which a few more would not change`]),
    ...(apart === 0 ? [] : [`${apart} cannot be compared`]),
  ];
  return `after ${blocks} blocks ${decided} of ${headlines.length} headlines are decided, ${others.join(', and ')}`;
}

/** A finding's values, without what would be a verdict. */
const unjudged = (finding: Finding): Finding => ({
  ...finding,
  ...{ verdict: 'inconclusive', interval: null, level: null, pValue: null, adjustedPValue: null },
});
