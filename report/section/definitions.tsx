import { glossary, metrics, probeTitle, type Metric, type Result } from '../../engine/model/index.ts';
import { formatNumber, trimZeros } from '../format/index.ts';
import { Section } from '../part/section.tsx';

/** The catalogue of metrics, those of the result first. */
export function DefinitionsSection({ result }: { result: Result }) {
  const used = new Set(result.findings.map((finding) => finding.metric));
  const all: Metric[] = Object.values(metrics);
  const shown = used.size === 0 ? all : all.filter((metric) => used.has(metric.name));
  return (
    <Section id="definitions" title="What the measures mean">
      <dl className="cr-definitions">
        {shown.map((metric) => (
          <div key={metric.name} id={`cr-definition-${metric.name}`}>
            <dt>
              {metric.title} <span className="cr-quiet">{probeTitle(metric.probe)}</span>
            </dt>
            <dd>
              {metric.definition}{' '}
              <span className="cr-quiet">{`${metric.better === 'lower' ? 'Less' : 'More'} is better; margin of equivalence ${marginText(metric)}.`}</span>
            </dd>
          </div>
        ))}
      </dl>
      <h3 id="cr-glossary">Words</h3>
      <dl className="cr-definitions">
        {glossary.map(({ term, meaning }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function marginText(metric: Metric): string {
  if (metric.scale === 'ratio') return `±${trimZeros(formatNumber(metric.margin * 100))}\u00a0%`;
  return metric.unit === 'share'
    ? `±${trimZeros(formatNumber(metric.margin * 100))}\u00a0percentage points`
    : `±${metric.margin}\u00a0${metric.unit}`;
}
