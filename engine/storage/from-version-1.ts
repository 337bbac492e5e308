import { change, each, probeDescriptions, without, type Fields } from '../model/index.ts';

/*
 * What version 1 wrote, as version 2. Nothing is checked here: the schema of version 2 judges what comes out, and names the field of what does not fit.
 */

export function experimentFromVersion1(old: unknown): unknown {
  return change(old, (experiment) => ({ ...experiment, version: 2 }));
}

/** Findings keep what they said; they were judged at 5 % with corrected p-values beside plain intervals, which `rules` 1 tells. */
export function resultFromVersion1(old: unknown): unknown {
  return change(old, (result) => ({
    ...result,
    version: 2,
    rules: 1,
    experiment: experimentFromVersion1(result['experiment']),
    rounds: each(result['rounds'], roundFromVersion1),
    findings: each(result['findings'], findingFromVersion1),
  }));
}

/** A line of a journal; checksums came with version 2. */
export function journalLineFromVersion1(old: unknown): unknown {
  return change(old, (line) =>
    line['type'] === 'round'
      ? { ...line, round: change(line['round'], roundFromVersion1) }
      : { ...line, version: 2, experiment: experimentFromVersion1(line['experiment']) },
  );
}

function findingFromVersion1(old: Fields): Fields {
  const finding = without(old, 'blocksToDecide');
  return {
    ...finding,
    family: null,
    method: finding['effect'] === null ? 'none' : 't',
    level: finding['interval'] === null ? null : 0.05,
    otherDeployments: null,
    noisePairs: 0,
  };
}

function roundFromVersion1(round: Fields): Fields {
  return Object.assign({ ...round }, ...probeDescriptions.map(([, probe]) => probe.fromVersion1?.(round))) as Fields;
}
