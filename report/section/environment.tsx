import type { Result } from '../../engine/model/index.ts';
import { formatBytes } from '../format/index.ts';
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
    ['Result', result.id],
  ];
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
