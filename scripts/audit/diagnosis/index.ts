import { headline } from '../definition.ts';
import { exactly, sum } from '../numbers.ts';
import { LOST, machineOf, type AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

interface Search {
  steps: { lines: number }[];
  suspects: string[];
}

export interface DiagnosisFields {
  diagnosis?: { label: string; module: string; searches: Search[] }[];
}

type Round = RoundBase & DiagnosisFields;

const counted = { question: 'diagnosis', scale: 'difference', better: 'lower' } as const;

export const diagnosis: AuditedProbe<Round> = {
  definitions: {
    'cause-named': { question: 'diagnosis', scale: 'share', margin: 0.05, better: 'higher', ...headline },
    'suspects-left': { ...counted, margin: 0.5 },
    'search-steps': { ...counted, margin: 0.5, ...headline },
    'lines-read': { ...counted, margin: 1, ...headline },
  },
  units: { 'cause-named': 'share', 'suspects-left': 'count', 'search-steps': 'count', 'lines-read': 'count' },
  faults: ({ diagnosis: measured = [] }) => measured.map(({ label }) => label),
  part: () => 'diagnosis',
  badness: (round, part) =>
    part !== 'diagnosis' ? undefined : round.diagnosis === undefined ? LOST : machineOf(round),
  value: (round, metric, { fault }) => {
    const { searches, module } = under(round, fault);
    const mean = (of: (search: Search) => number) =>
      searches.length === 0 ? null : exactly(sum(searches.map(of)) / searches.length);
    switch (metric) {
      case 'cause-named':
        return mean(({ suspects }) => Number(suspects.length === 1 && suspects.includes(module)));
      case 'suspects-left':
        return mean(({ suspects }) => suspects.length);
      case 'search-steps':
        return mean(({ steps }) => steps.length);
      case 'lines-read':
        return mean(({ steps }) => steps.reduce((lines, step) => lines + step.lines, 0));
      default:
        return undefined;
    }
  },
  counts: (round, metric, { fault }) => {
    const { searches, module } = under(round, fault);
    if (metric !== 'cause-named' || searches.length === 0) return null;
    const right = searches.filter(({ suspects }) => suspects.join(' ') === module);
    return { successes: right.length, trials: searches.length };
  },
};

function under({ diagnosis: measured = [] }: Round, fault: string | undefined): { searches: Search[]; module: string } {
  return measured.find(({ label }) => label === fault) ?? { searches: [], module: '' };
}
