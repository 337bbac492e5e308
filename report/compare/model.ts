import { faultInWords, formatTopology, type Finding, type Result, type Verdict } from '../../engine/model/index.ts';
import { quantityKey, seriesIn } from '../data/quantity.ts';
import { metricOfFinding, metricTitle, scopeText } from '../format/index.ts';
import { forSharing } from '../sharing.ts';

/** A setting that two results do not share. */
export interface SettingChange {
  path: string;
  before: string;
  after: string;
}

/** One measure of one variant in two results. */
export interface NumberChange {
  key: string;
  variant: string;
  metric: string;
  title: string;
  unit: string;
  before: number | null;
  after: number | null;
  /** Whether each is only known to be at least that. */
  atLeast: { before: boolean; after: boolean };
  /** After over before, or after minus before, as the metric is compared; null where a side is missing. */
  change: { kind: 'ratio' | 'difference'; value: number } | null;
  /** Largest of the margin and both noise floors: what a change must exceed to be called one. */
  band: number;
  word: 'better' | 'worse' | 'about the same' | 'only in one' | 'not known';
}

/** A verdict that came out otherwise. */
export interface VerdictChange {
  key: string;
  title: string;
  variant: string;
  baseline: string;
  before: Verdict | null;
  after: Verdict | null;
}

/** Two results side by side. Never a statistical claim: their rounds were not interleaved. */
export interface ResultComparison {
  before: Result;
  after: Result;
  settings: SettingChange[];
  numbers: NumberChange[];
  verdicts: VerdictChange[];
  /** What a reader must know before believing a difference. */
  caution: string;
}

/** Compares two results: `before` is the older or the baseline. */
export function compareResults(before: Result, after: Result): ResultComparison {
  const [one, other] = [forSharing(before), forSharing(after)];
  const sameMachine =
    one.environment.cpuModel === other.environment.cpuModel &&
    one.environment.cpus === other.environment.cpus &&
    one.environment.kernel === other.environment.kernel;
  return {
    before: one,
    after: other,
    settings: settingChanges(one, other),
    numbers: numberChanges(one, other),
    verdicts: verdictChanges(one, other),
    caution: `The rounds of these two results were not interleaved; a difference may be the machine and not the application${sameMachine ? '' : ', all the more as the machines differ'}. No interval is given for it.`,
  };
}

const ignored = /^(experiment\.(title|schema|version)|environment\.runtimeReason)$/;

function settingChanges(before: Result, after: Result): SettingChange[] {
  const shared = new Set(namesOf(before).filter((name) => namesOf(after).includes(name)));
  const [left, right] = [settingsOf(before, shared), settingsOf(after, shared)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => left.get(path) !== right.get(path) && !ignored.test(path))
    .map((path) => ({ path, before: left.get(path) ?? 'none', after: right.get(path) ?? 'none' }));
}

const namesOf = (result: Result): string[] => result.experiment.variants.map((variant) => variant.name);

/** Settings by path. A variant that the other result lacks is one line, its cut; faults are one line, their labels. */
function settingsOf(result: Result, shared: ReadonlySet<string>): Map<string, string> {
  const { experiment, environment } = result;
  const { isolation } = experiment.probes;
  const settings = flatten({
    experiment: {
      ...experiment,
      variants: experiment.variants.filter((variant) => shared.has(variant.name)),
      probes: {
        ...experiment.probes,
        isolation:
          isolation === null ? null : { ...isolation, faults: isolation.faults.map((fault) => faultInWords(fault)) },
      },
    },
    environment,
  });
  for (const { name, topology } of experiment.variants) {
    if (!shared.has(name)) settings.set(`experiment.variants.${name}`, formatTopology(topology));
  }
  return settings;
}

function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) into.set(path, value.join(', '));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const name = Array.isArray(value) && hasName(inner) ? inner.name : key;
      flatten(inner, path === '' ? name : `${path}.${name}`, into);
    }
  } else into.set(path, String(value));
  return into;
}

function hasName(value: unknown): value is { name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}

interface Measured {
  finding: Finding;
  variant: string;
  value: number | null;
  atLeast: boolean;
}

function measured(result: Result): Map<string, Measured> {
  const all = new Map<string, Measured>();
  for (const finding of result.findings) {
    for (const side of [finding.baseline, finding.variant]) {
      const key = quantityKey(finding.metric, finding.scope, side.variant);
      const atLeast = seriesIn(result, side.variant, finding.metric, finding.scope)?.atLeast === true;
      if (!all.has(key)) all.set(key, { finding, variant: side.variant, value: side.value, atLeast });
    }
  }
  return all;
}

function numberChanges(before: Result, after: Result): NumberChange[] {
  const [left, right] = [measured(before), measured(after)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const [old, fresh] = [left.get(key), right.get(key)];
    const known = old ?? fresh;
    if (known === undefined) return [];
    const { finding, variant } = known;
    const kind = metricOfFinding(finding)?.scale === 'ratio' ? 'ratio' : 'difference';
    const band = Math.max(finding.margin, old?.finding.noiseFloor ?? 0, fresh?.finding.noiseFloor ?? 0);
    const change = changeOf(kind, old?.value ?? null, fresh?.value ?? null);
    const atLeast = { before: old?.atLeast === true, after: fresh?.atLeast === true };
    const scope = scopeText(finding.scope);
    return [
      {
        ...{ key, variant, metric: finding.metric, unit: finding.unit, change, band, atLeast },
        title: scope === '' ? metricTitle(finding) : `${metricTitle(finding)}, ${scope}`,
        before: old?.value ?? null,
        after: fresh?.value ?? null,
        word: changeWord(finding, change, band, atLeast),
      },
    ];
  });
}

function changeOf(kind: 'ratio' | 'difference', before: number | null, after: number | null): NumberChange['change'] {
  if (before === null || after === null) return null;
  if (kind === 'difference') return { kind, value: after - before };
  return before > 0 && after > 0 ? { kind, value: after / before } : null;
}

function changeWord(
  finding: Finding,
  change: NumberChange['change'],
  band: number,
  { before, after }: NumberChange['atLeast'],
): NumberChange['word'] {
  if (change === null) return 'only in one';
  const size = change.kind === 'ratio' ? Math.log(change.value) : change.value;
  const limit = change.kind === 'ratio' ? Math.log1p(band) : band;
  const isAlike = Math.abs(size) <= limit;
  // What is only known to be at least that may lie far beyond it.
  if ((before && (isAlike || size > 0)) || (after && (isAlike || size < 0))) return 'not known';
  if (isAlike) return 'about the same';
  return size < 0 === (metricOfFinding(finding)?.better !== 'higher') ? 'better' : 'worse';
}

function verdictChanges(before: Result, after: Result): VerdictChange[] {
  const key = (finding: Finding): string =>
    [finding.baseline.variant, quantityKey(finding.metric, finding.scope, finding.variant.variant)].join('\n');
  const left = new Map(before.findings.map((finding) => [key(finding), finding]));
  return after.findings.flatMap((finding) => {
    const old = left.get(key(finding));
    if (old === undefined || old.verdict === finding.verdict) return [];
    const scope = scopeText(finding.scope);
    const title = scope === '' ? metricTitle(finding) : `${metricTitle(finding)}, ${scope}`;
    return [
      {
        key: key(finding),
        title,
        variant: finding.variant.variant,
        baseline: finding.baseline.variant,
        before: old.verdict,
        after: finding.verdict,
      },
    ];
  });
}
