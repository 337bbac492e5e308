import { computeFindings } from '../../evaluation/index.ts';
import { presets, type Finding, type Preset, type PublishedClaim, type Result } from '../../model/index.ts';

/** A published number beside the one measured here. */
export interface ClaimJudgement {
  claim: string;
  source: string;
  /** `agrees`: the same direction, decided here too; `disagrees`: the other direction, or no difference that matters; `inconclusive`: these rounds cannot tell. */
  outcome: 'agrees' | 'disagrees' | 'inconclusive';
  published: string;
  measured: string;
  /** Why the two may differ without either being wrong. */
  reasons: string[];
}

/** Holds a result against the claim its preset repeats; null when it came from no such preset. */
export function judgeClaim(result: Result): ClaimJudgement | null {
  const preset = new Map<string, Preset>(Object.entries(presets)).get(result.experiment.preset ?? '');
  if (preset?.claim === undefined) return null;
  const { claim } = preset;
  const judged = preset.name === presets.crossover.name ? judgeCrossover(result, claim) : judgeRatio(result, claim);
  return {
    claim: claim.claim,
    source: claim.source,
    published: claim.published.text,
    reasons: claim.reasons,
    ...judged,
  };
}

type Judged = Pick<ClaimJudgement, 'outcome' | 'measured'>;

const notMeasured: Judged = { outcome: 'inconclusive', measured: 'it was not measured' };

function judgeRatio(result: Result, { published }: PublishedClaim): Judged {
  const finding = overall(result.findings, published.metric);
  if (finding?.effect === null || finding === undefined) return notMeasured;
  return { outcome: sameDirection(finding, published.value), measured: finding.sentence };
}

function sameDirection({ verdict, effect }: Finding, published: number): Judged['outcome'] {
  switch (verdict) {
    case 'inconclusive':
      return 'inconclusive';
    case 'equivalent':
      return published === 1 ? 'agrees' : 'disagrees';
    case 'better':
    case 'worse':
      return effect !== null && Math.sign(Math.log(effect.value)) === Math.sign(Math.log(published))
        ? 'agrees'
        : 'disagrees';
    default:
      return verdict satisfies never;
  }
}

/** The claim is about the pair that works long; the pair that works little shows what there is to vanish. */
function judgeCrossover(result: Result, { published }: PublishedClaim): Judged {
  const [light, lightCut, heavy, heavyCut] = result.experiment.variants;
  if (light === undefined || lightCut === undefined || heavy === undefined || heavyCut === undefined)
    return notMeasured;
  const pair = (variants: Result['experiment']['variants']) =>
    overall(computeFindings({ ...result, experiment: { ...result.experiment, variants } }), published.metric);
  const little = pair([light, lightCut]);
  const long = pair([heavy, heavyCut]);
  if (little === undefined || long === undefined || long.effect === null) return notMeasured;
  return {
    outcome: sameDirection(long, 1),
    measured: `With little work: ${little.sentence} With much work: ${long.sentence}`,
  };
}

/** The finding over all requests, of the second variant against the first. */
function overall(findings: readonly Finding[], metric: string): Finding | undefined {
  return findings.find(
    ({ metric: name, scope }) => name === metric && scope.endpoint === undefined && scope.fault === undefined,
  );
}
