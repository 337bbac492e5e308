import { formatShare } from '../../format/index.ts';
import { table } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { overallLoad } from './data.ts';
import { LatencySection, quantileText } from './section.tsx';

export const latency: ReportProbe = {
  chapters: [{ Section: LatencySection }],
  markdown: (result) => [
    '## Response times',
    table(
      ['Variant', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'Availability'],
      overallLoad(result).map((load) => [
        load.variant.title,
        ...load.quantiles.map(quantileText),
        load.availability === null ? 'none' : formatShare(load.availability),
      ]),
    ),
  ],
};
