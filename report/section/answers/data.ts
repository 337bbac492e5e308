import { compareAnswers, type AnswersComparison } from '../../../engine/evaluation/index.ts';
import {
  changeTitle,
  faultLabel,
  languageOf,
  languageTitles,
  metricOf,
  namedTopology,
  unitOf,
  withFaultsInWords,
  type Finding,
  type Language,
  type MetricName,
  type Result,
} from '../../../engine/model/index.ts';
import { present } from '../../data/numbers.ts';
import type { Scope } from '../../data/quantity.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';
import { formatCount, formatMs } from '../../format/index.ts';

/** One variant whose module was asked. */
export interface AnswersView extends AnswersComparison {
  view: VariantView;
}

/** Every variant whose module was asked, in the order of the experiment. */
export const askedVariants = remember((result: Result): AnswersView[] => {
  const compared = compareAnswers(result.experiment, result.rounds);
  return variantsOf(result).flatMap((view) => {
    const one = compared.find(({ variant }) => variant === view.name);
    return one === undefined ? [] : [{ ...one, view }];
  });
});

/** Whether the module is in more than one language, so that the chapter is about that. */
export function isSwapped(result: Result): boolean {
  return new Set(askedVariants(result).map(({ language }) => language)).size > 1;
}

/** How many questions have another answer, for a table. */
export function answersInWords({ other, questions, unanswered, verdict, view }: AnswersView): string {
  if (verdict === 'not-comparable') return 'not compared';
  const count = `${formatCount(other)} of ${formatCount(questions)}`;
  const silent = unanswered === 0 ? '' : `, ${formatCount(unanswered)} not answered`;
  return `${count}${silent}${verdict === 'same' ? (view.baseline ? ' (always the same)' : ' (the same answers)') : ''}`;
}

/** How long the unit took to build where it was built in this run, once for all of its deployments; found ready: null. */
export function builtInWords({ rounds }: Result, { view, unit }: AnswersView): string {
  const [built] = rounds
    .filter(({ variant }) => variant === view.name)
    .flatMap(({ deployment }) => deployment?.units.filter((one) => one.unit === unit) ?? []);
  if (built === undefined) return 'not known';
  return built.buildKind === 'cold' ? formatMs(built.buildMs) : 'built before';
}

/** Heads of the table: languages where no two variants have the same. */
export function headsOf(views: readonly AnswersView[]): string[] {
  const distinct = new Set(views.map(({ language }) => language)).size === views.length && views.length > 1;
  return views.map(({ view, language }) => (distinct ? languageTitles[language] : view.title));
}

/** A row of the table. */
export interface SwappedQuantity {
  title: string;
  metric: MetricName;
  scope: Scope;
}

const ofModule: readonly MetricName[] = [
  'module-p50',
  'module-p95',
  'question-time',
  'module-cpu',
  'module-memory',
  'module-image-bytes',
  'module-start',
  'deployment-time',
];

/** What is told of the module in every variant, as far as the experiment asks for it. */
export function swappedQuantities({ experiment, application }: Result): SwappedQuantity[] {
  const { answers, isolation, redeployment } = experiment.probes;
  const of = (metric: MetricName, scope: Scope = {}, about = ''): SwappedQuantity => ({
    ...{ metric, scope },
    title: `${metricOf(metric).title}${about === '' ? '' : `: ${about}`}`,
  });
  const faults = (isolation?.faults ?? []).filter(({ module }) => module === answers?.module).map(faultLabel);
  return [
    ...ofModule.map((metric) => of(metric)),
    ...[...new Set(faults)].flatMap((fault) =>
      (['time-to-recover', 'lost-good-requests'] as const).map((metric) =>
        of(metric, { fault }, withFaultsInWords(fault)),
      ),
    ),
    ...(redeployment?.changes ?? []).flatMap((change) =>
      (['edit-to-live', 'build-time'] as const).map((metric) =>
        of(metric, { change }, changeTitle(application, change)),
      ),
    ),
  ];
}

/** What was found of a quantity between the baseline and a variant; undefined where nothing was. */
export function findingOf(
  { findings }: Result,
  { metric, scope }: SwappedQuantity,
  variant: string,
): Finding | undefined {
  return findings.find(
    (one) =>
      one.metric === metric &&
      one.variant.variant === variant &&
      one.scope.fault === scope.fault &&
      one.scope.change === scope.change &&
      one.scope.endpoint === undefined &&
      one.scope.rate === undefined,
  );
}

/** A cut of the application in which the module cannot be swapped. */
export interface Obstacle {
  cut: string;
  unit: string;
  /** Other modules that share its process. */
  others: string[];
  /** Lines of code of those; null where nobody counted them. */
  lines: number | null;
}

/** The cuts of the manifest in which the module shares its process with others. */
export function obstaclesOf({ application, experiment, rounds }: Result): Obstacle[] {
  const { module } = experiment.probes.answers ?? {};
  if (module === undefined) return [];
  const [structure] = present(rounds.map((round) => round.structure));
  const linesOf = new Map(structure?.modules.map((one) => [one.module, one.lines] as const));
  return Object.keys(application.topologies).flatMap((name) => {
    const cut = namedTopology(application, name);
    if (cut === undefined || !cut.units.some(({ modules }) => modules.includes(module))) return [];
    const unit = unitOf(cut, module);
    const others = unit.modules.filter((one) => one !== module);
    const lines = others.map((one) => linesOf.get(one));
    return others.length === 0
      ? []
      : [
          {
            ...{ cut: name, unit: unit.name, others },
            lines: lines.some((one) => one === undefined)
              ? null
              : lines.reduce<number>((sum, one) => sum + (one ?? 0), 0),
          },
        ];
  });
}

/** Languages other than the baseline's that the module is in, in the order of the variants. */
export function otherLanguagesIn(result: Result): Language[] {
  const [first, ...others] = result.experiment.variants;
  const { module } = result.experiment.probes.answers ?? {};
  if (first === undefined || module === undefined) return [];
  const of = ({ topology }: typeof first) => languageOf(unitOf(topology, module));
  return [...new Set(others.map(of))].filter((language) => language !== of(first));
}
