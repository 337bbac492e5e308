import { storeInWords, type Result } from '../../engine/model/index.ts';
import { variantTitle } from '../data/variants.ts';
import { formatBytes, formatNumber } from '../format/index.ts';
import { DataTable } from '../part/data-table.tsx';
import { Section } from '../part/section.tsx';

/** What the experiment ran on, as pairs of words. */
export function environmentFacts(result: Result): [string, string][] {
  const { environment: at, experiment } = result;
  const list = (cpus: number[] | null): string => (cpus === null ? 'not pinned' : cpus.join(', '));
  return [
    ['Cleave', at.cleaveVersion],
    ['Runtime', `${at.runtime}. ${at.runtimeReason}`],
    [
      'Engine',
      at.engine === null
        ? 'none'
        : `${at.engine.name} ${at.engine.version} (API ${at.engine.apiVersion}), ${at.engine.operatingSystem}${at.engine.storageDriver === null ? '' : `, ${at.engine.storageDriver}`}`,
    ],
    [
      'Base image',
      at.baseImage === null
        ? 'none'
        : `${at.baseImage.reference}, ${at.baseImage.digest}, ${at.baseImage.origin}, Node ${at.baseImage.nodeVersion}`,
    ],
    ['Machine', `${at.cpuModel}, ${at.cpus} processors, ${formatBytes(at.memoryBytes)}`],
    ...(at.usableCpus === undefined
      ? []
      : [['Processors that may be used', String(at.usableCpus)] satisfies [string, string]]),
    ['System', `${at.platform} ${at.architecture}, kernel ${at.kernel}`],
    ['Node of the engine', at.nodeVersion.replace(/^v/, '')],
    ['Processors of the application', list(at.applicationCpus)],
    ['Processors of the generator', list(at.generatorCpus)],
    [
      'Memory of a deployment',
      at.applicationMemoryBytes === null ? 'not limited' : formatBytes(at.applicationMemoryBytes),
    ],
    ['Source', `${at.sourceHash}${at.sourceCommit === null ? '' : `, commit ${at.sourceCommit}`}`],
    [
      'Experiment',
      `${experiment.name}${experiment.preset === null ? '' : `, preset ${experiment.preset}`}, seed ${experiment.seed}`,
    ],
    ...result.experiment.variants.map(({ name, settings }): [string, string] => [
      `Settings of ${variantTitle(result, name)}`,
      [
        `store ${storeInWords(settings.store)}`,
        `consistency ${settings.consistency}`,
        settings.outbox ? 'outbox' : 'no outbox',
        ...Object.entries(settings.tunables).map(([tunable, value]) => `${tunable} ${formatNumber(value)}`),
      ].join(', '),
    ]),
    ...result.experiment.variants.flatMap(({ name }): [string, string][] => {
      const images = imagesOf(result, name);
      return images === '' ? [] : [[`Images of ${variantTitle(result, name)}`, images]];
    }),
    ['Result', result.id],
    ['Derive every finding again', `cleave report result.json --recompute`],
    ['Measure it again', `cleave compare --experiment result.json --runtime ${at.runtime}`],
  ];
}

/** What each unit of a variant was seen to run; twelve digits of a digest tell images apart. */
function imagesOf({ rounds }: Result, variant: string): string {
  const seen = rounds
    .filter((round) => round.variant === variant)
    .flatMap(({ observed }) => observed)
    .flatMap(({ unit, facts }) =>
      typeof facts['image'] === 'string' ? [`${unit} ${facts['image'].replace(/^(sha256:)?(.{12}).*$/, '$2')}`] : [],
    );
  return [...new Set(seen)].toSorted().join(', ');
}

export function EnvironmentSection({ result }: { result: Result }) {
  return (
    <Section id="environment" title="Environment">
      <DataTable
        caption="Environment"
        quiet
        className="cr-facts-table"
        columns={[
          { key: 'what', title: 'What' },
          { key: 'value', title: 'Value' },
        ]}
        rows={environmentFacts(result).map(([what, value]) => ({ key: what, cells: [what, value] }))}
      />
    </Section>
  );
}
