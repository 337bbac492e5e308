import {
  createRandom,
  decisionQuestions,
  mostWeight,
  type Claims,
  type DecisionQuestion,
  type DecisionQuestionName,
  type DecisionWeights,
  type Fact,
  type PresetName,
} from '../../engine/model/index.ts';

/** What one question says of a cut. */
export interface QuestionScore {
  name: DecisionQuestionName;
  title: string;
  weight: number;
  /** How much better than the cut that it is told against, -1 to 1, from least to most, and in the middle; null where nothing was measured. */
  low: number | null;
  middle: number | null;
  high: number | null;
  /** What it is from. */
  facts: readonly Fact[];
}

/** A cut that may be chosen. */
export interface DecisionOption {
  cut: string;
  units: number;
  /** Modules outside of its largest unit. */
  outside: readonly string[];
  /** Weighted mean of what the questions say, -1 to 1; 0 for the cut that all are told against. */
  score: number;
  /** Share of draws in which it is the best, 0 to 1. */
  best: number;
  questions: readonly QuestionScore[];
}

/** What would have to be otherwise for another cut to be the best. */
export interface TippingPoint {
  name: DecisionQuestionName;
  title: string;
  weight: number;
  /** The weight from which on another is the best, 0 to `mostWeight`. */
  tipsAt: number;
  /** Which one that is. */
  cut: string;
}

/** How far the advantage of the best moves with one weight. */
export interface Sensitivity {
  name: DecisionQuestionName;
  title: string;
  /** Advantage over the second, with that weight at 0 and at `mostWeight`. */
  atNone: number;
  atMost: number;
}

export interface Decision {
  /** Best first. */
  options: readonly DecisionOption[];
  /** Cuts that are not among them, since not all that the others are compared by was measured in them. */
  leftOut: readonly LeftOut[];
  /** Questions that the numbers are from: measured in every option, by the same metrics in the same places, and counting. */
  counting: ReadonlySet<string>;
  /** Weight of those by the weight of all, 0 to 1. */
  measuredShare: number;
  /** `firm`: the best in 95 % of draws; `likely`: in 80 %; `open`: in less; `none`: nothing that counts was measured, so that none is the best. */
  firmness: 'firm' | 'likely' | 'open' | 'none';
  /** Whether an interval behind it has an end that is not known. */
  openEnded: boolean;
  /** Nearest first; those that no weight can tip are not in it. */
  tipping: readonly TippingPoint[];
  /** Widest first. */
  sensitivity: readonly Sensitivity[];
  /** Questions that count and that nothing was measured of. */
  unmeasured: readonly DecisionQuestion[];
  /** The experiment that would narrow the answer most; null where nothing would. */
  mostTelling: { preset: PresetName; title: string } | null;
}

const draws = 2000;

/** What a decision is from. */
export type Weighed = Pick<Claims, 'facts' | 'units' | 'outside'>;

/** What is known of a cut beside what is known of another. */
export interface LeftOut {
  cut: string;
  /** Titles of the questions that it was not, or not in the same way, measured by. */
  lacks: readonly string[];
}

/**
 * Weighs what was measured: the score of a cut is the mean of what the questions say of it, weighted, over those that were measured. Each finding enters as its interval: drawn evenly from it, 2,000
 * times, for how firm the answer is, and by its middle for the score. What was not measured is no number. Cuts are compared by the same metrics in the same places; one that lacks any of them is left out, so
 * that none wins by what was not looked at in it, and no measurement of a further cut takes a question away. Null where no two cuts were compared. `canMeasure`: whether a preset can be launched. Pure, and the same each time.
 */
export function decide(
  { facts, units, outside }: Weighed,
  weights: DecisionWeights,
  canMeasure: (preset: PresetName) => boolean = () => true,
): Decision | null {
  const against = mostComparedIn(facts, units);
  if (against === undefined) return null;
  const unitsOf = (cut: string): number => units[cut] ?? 1;
  const { cuts, same, leftOut } = comparableCuts(
    facts.flatMap((fact) => turnedTo(fact, against) ?? []),
    unitsOf,
  );
  const rows = [against, ...cuts].map((cut) => ({
    ...{ cut, units: unitsOf(cut), outside: outside[cut] ?? [] },
    questions: decisionQuestions.map((question) => scoreOf(question, same, { against, cut }, weights)),
  }));
  const comparable = new Set(
    decisionQuestions.flatMap(({ name }, at) => (rows[0]?.questions[at]?.middle === null ? [] : [name])),
  );
  const counting = new Set([...comparable].filter((name) => weightOf(weights, name) > 0));
  const best = shareOfBest(rows, counting);
  const options = rows
    .map((row, index): DecisionOption => ({
      ...row,
      score: weigh(row.questions, counting, ({ middle }) => middle ?? 0),
      best: best[index] ?? 0,
    }))
    // Of two that are as good the one with less to run.
    .toSorted((a, b) => b.score - a.score || a.units - b.units);
  const [first, second] = options;
  if (first === undefined || second === undefined) return null;
  const asked: readonly DecisionQuestion[] = decisionQuestions;
  const weightIn = (names: Iterable<string>): number =>
    [...names].reduce((sum, name) => sum + weightOf(weights, name), 0);
  const whole = weightIn(decisionQuestions.filter(({ measuredBy }) => measuredBy.length > 0).map(({ name }) => name));
  return {
    ...{ options, leftOut, counting },
    measuredShare: whole === 0 ? 0 : weightIn(counting) / whole,
    firmness: counting.size === 0 ? 'none' : first.best >= 0.95 ? 'firm' : first.best >= 0.8 ? 'likely' : 'open',
    openEnded: rows.some(({ questions }) =>
      questions.some(({ name, facts: behind }) => counting.has(name) && behind.some(({ open }) => open)),
    ),
    tipping: counting.size === 0 ? [] : tippingPoints(options, comparable, weights),
    sensitivity: sensitivityOf(first, second, comparable, weights),
    unmeasured: asked.filter(
      ({ name, measuredBy }) =>
        (measuredBy.length === 0 || weightOf(weights, name) > 0) && !counting.has(name as DecisionQuestionName),
    ),
    mostTelling: mostTellingOf(options, weights, canMeasure),
  };
}

/** The cut that was compared with most others, whichever of two is the finer; of several the one with the fewest units, then the first by name. */
function mostComparedIn(facts: readonly Fact[], units: Claims['units']): string | undefined {
  const cuts = new Map<string, Set<string>>();
  for (const { against, cut } of facts) {
    cuts.set(against, (cuts.get(against) ?? new Set()).add(cut));
    cuts.set(cut, (cuts.get(cut) ?? new Set()).add(against));
  }
  const unitsOf = (cut: string): number => units[cut] ?? 1;
  return [...cuts].toSorted(
    ([a, one], [b, other]) => other.size - one.size || unitsOf(a) - unitsOf(b) || (a < b ? -1 : 1),
  )[0]?.[0];
}

/** The same fact told against that cut; null where it is of others. */
function turnedTo(fact: Fact, against: string): Fact | null {
  if (fact.against === against) return fact;
  return fact.cut === against ? { ...fact, against, cut: fact.against, low: 0 - fact.high, high: 0 - fact.low } : null;
}

function weightOf(weights: DecisionWeights, name: string): number {
  const weight = new Map(Object.entries(weights)).get(name) ?? 0;
  return Math.max(0, Math.min(mostWeight, weight));
}

/** Cuts beside the one that all are told against, and what they are all measured by. `facts`: told against that one. */
function comparableCuts(
  facts: readonly Fact[],
  unitsOf: (cut: string) => number,
): { cuts: string[]; same: Fact[]; leftOut: LeftOut[] } {
  const asked = new Set(decisionQuestions.flatMap(({ measuredBy }): string[] => [...measuredBy]));
  const known = facts.filter(({ metric }) => asked.has(metric));
  const of = (cut: string): Fact[] => known.filter((fact) => fact.cut === cut);
  const questionsOf = (cut: string): number =>
    decisionQuestions.filter(({ measuredBy }) => of(cut).some(({ metric }) => isIn(measuredBy, metric))).length;
  // By what is known of them and not by what counts, or a weight would change what there is to choose from.
  const [fullest, ...others] = [...new Set(known.map(({ cut }) => cut))].toSorted(
    (a, b) =>
      questionsOf(b) - questionsOf(a) ||
      new Set(of(b).map(({ metric }) => metric)).size - new Set(of(a).map(({ metric }) => metric)).size ||
      of(b).length - of(a).length ||
      unitsOf(a) - unitsOf(b) ||
      (a < b ? -1 : 1),
  );
  if (fullest === undefined) return { cuts: [], same: [], leftOut: [] };
  const cuts = [fullest];
  const leftOut: LeftOut[] = [];
  let measured = of(fullest);
  for (const cut of others) {
    const mine = new Set(of(cut).map(measurementOf));
    const common = measured.filter((fact) => mine.has(measurementOf(fact)));
    const missing = new Set(measured.map(({ metric }) => metric));
    for (const { metric } of common) missing.delete(metric);
    if (missing.size === 0) {
      cuts.push(cut);
      measured = common;
    } else
      leftOut.push({
        cut,
        lacks: decisionQuestions.flatMap(({ title, measuredBy }) =>
          [...missing].some((metric) => isIn(measuredBy, metric)) ? [title] : [],
        ),
      });
  }
  const places = new Set(measured.map(measurementOf));
  return { cuts, same: known.filter((fact) => cuts.includes(fact.cut) && places.has(measurementOf(fact))), leftOut };
}

const isIn = (metrics: readonly string[], metric: string): boolean => metrics.includes(metric);

const measurementOf = ({ metric, place }: Fact): string => JSON.stringify([metric, place]);

function scoreOf(
  { name, title, measuredBy }: (typeof decisionQuestions)[number],
  facts: readonly Fact[],
  { against, cut }: { against: string; cut: string },
  weights: DecisionWeights,
): QuestionScore {
  const measures: readonly string[] = measuredBy;
  const mine = facts.filter((fact) => fact.cut === cut && measures.includes(fact.metric));
  const nothing = cut === against && facts.some(({ metric }) => measures.includes(metric));
  const question = { name, title, weight: weightOf(weights, name), facts: mine };
  if (mine.length === 0 && !nothing) return { ...question, low: null, middle: null, high: null };
  // Each metric as much as the others, however many places it was looked at in.
  const byMetric = measures
    .map((metric) => mine.filter((fact) => fact.metric === metric))
    .filter(({ length }) => length > 0);
  const mean = (read: (fact: Fact) => number): number => meanOf(byMetric.map((some) => meanOf(some.map(read))));
  const [low, high] = [mean((fact) => fact.low), mean((fact) => fact.high)];
  return { ...question, low, high, middle: (low + high) / 2 };
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

type Row = Pick<DecisionOption, 'questions'>;

function weigh(
  questions: readonly QuestionScore[],
  counting: ReadonlySet<string>,
  read: (question: QuestionScore) => number,
): number {
  const some = questions.filter(({ name }) => counting.has(name));
  const whole = some.reduce((sum, { weight }) => sum + weight, 0);
  return whole === 0 ? 0 : some.reduce((sum, question) => sum + question.weight * read(question), 0) / whole;
}

/** In which share of draws each row is the best. */
function shareOfBest(rows: readonly (Row & { units: number })[], counting: ReadonlySet<string>): number[] {
  const random = createRandom(1, 'decision');
  const wins = rows.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    const scores = rows.map(({ questions }) =>
      weigh(questions, counting, ({ low, high }) => (low ?? 0) + ((high ?? 0) - (low ?? 0)) * random.next()),
    );
    const most = Math.max(...scores);
    const tied = rows.flatMap(({ units }, index) => ((scores[index] ?? 0) === most ? [{ units, index }] : []));
    const winner = tied.toSorted((a, b) => a.units - b.units)[0];
    if (winner !== undefined) wins[winner.index] = (wins[winner.index] ?? 0) + 1;
  }
  return wins.map((count) => count / draws);
}

/** For each question the weight nearest to its own at which another cut becomes the best. The advantage is linear in a weight but for the sum of weights, which changes no sign. */
function tippingPoints(
  [first, ...others]: readonly DecisionOption[],
  comparable: ReadonlySet<DecisionQuestionName>,
  weights: DecisionWeights,
): TippingPoint[] {
  if (first === undefined) return [];
  return decisionQuestions
    .flatMap(({ name, title }) => {
      if (!comparable.has(name)) return [];
      const weight = weightOf(weights, name);
      const nearest = others
        .flatMap((other) => {
          const gain = gap(first, other, name);
          if (gain === 0) return [];
          const tipsAt = weight - advantage(first, other, comparable, weights) / gain;
          // Another is the best only beyond it, where less or more can still be said.
          const isWithin = gain > 0 ? tipsAt > 0 && tipsAt <= mostWeight : tipsAt >= 0 && tipsAt < mostWeight;
          return isWithin ? [{ tipsAt, cut: other.cut }] : [];
        })
        .toSorted((a, b) => Math.abs(a.tipsAt - weight) - Math.abs(b.tipsAt - weight))[0];
      return nearest === undefined ? [] : [{ name, title, weight, ...nearest }];
    })
    .toSorted((a, b) => Math.abs(a.tipsAt - a.weight) - Math.abs(b.tipsAt - b.weight));
}

/** How much better the first does by a question, where that was measured. */
function gap(first: DecisionOption, other: DecisionOption, name: DecisionQuestionName): number {
  const middle = ({ questions }: DecisionOption): number => questions.find((one) => one.name === name)?.middle ?? 0;
  return middle(first) - middle(other);
}

/** Not divided by the sum of weights. */
function advantage(
  first: DecisionOption,
  other: DecisionOption,
  comparable: ReadonlySet<DecisionQuestionName>,
  weights: DecisionWeights,
): number {
  return [...comparable].reduce((sum, name) => sum + weightOf(weights, name) * gap(first, other, name), 0);
}

function sensitivityOf(
  first: DecisionOption,
  second: DecisionOption,
  comparable: ReadonlySet<DecisionQuestionName>,
  weights: DecisionWeights,
): Sensitivity[] {
  const at = (name: DecisionQuestionName, weight: number): number => {
    const changed = { ...weights, [name]: weight };
    const whole = [...comparable].reduce((sum, one) => sum + weightOf(changed, one), 0);
    return whole === 0 ? 0 : advantage(first, second, comparable, changed) / whole;
  };
  return decisionQuestions
    .filter(({ name }) => comparable.has(name))
    .map(({ name, title }) => ({ name, title, atNone: at(name, 0), atMost: at(name, mostWeight) }))
    .toSorted((a, b) => Math.abs(b.atMost - b.atNone) - Math.abs(a.atMost - a.atNone));
}

/** By what is not known yet: an interval as wide as it is, a question that was not measured at all as wide as can be. */
function mostTellingOf(
  options: readonly DecisionOption[],
  weights: DecisionWeights,
  canMeasure: (preset: PresetName) => boolean,
): Decision['mostTelling'] {
  const widths = decisionQuestions.flatMap(({ name, title, preset }, at) => {
    if (preset === null || !canMeasure(preset)) return [];
    const wide = options.map(({ questions }) => {
      const { low = null, high = null } = questions[at] ?? {};
      return low === null || high === null ? 2 : high - low;
    });
    return [{ preset, title, width: weightOf(weights, name) * Math.max(0, ...wide) }];
  });
  const [most] = widths.toSorted((a, b) => b.width - a.width);
  return most === undefined || most.width === 0 ? null : { preset: most.preset, title: most.title };
}
