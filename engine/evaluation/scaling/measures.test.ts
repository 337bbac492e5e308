import { describe, expect, it } from 'vitest';
import { healthyGenerator, scaledResult } from '../../../report/testing/index.ts';
import { elasticPhase, type MetricName, type Round } from '../../model/index.ts';
import { conditionOf, whyNotGood } from '../condition.ts';
import { scalingMeasures } from './measures.ts';

const { application, experiment, rounds } = scaledResult();
const round = rounds.find((one) => one.scaling?.elastic != null) ?? expect.fail('the load was not doubled');
const scaling = round.scaling ?? expect.fail('nothing was scaled');
const elastic = scaling.elastic ?? expect.fail('the load was not doubled');

const read = (of: Round, metric: MetricName) =>
  scalingMeasures({ experiment, application, endpoints: [], rounds: [] })
    .find((measure) => measure.metric === metric)
    ?.read(of);
const losing = (lost: number, scheduled: number): Round => ({
  ...round,
  scaling: { ...scaling, elastic: { ...elastic, lost, scheduled } },
});

describe('the elastic step', () => {
  it('loses a share of its own load: who carries more may lose more requests and less of them', () => {
    expect(read(losing(30, 300), 'elastic-lost-share')).toEqual({ value: 0.1, censored: false });
    expect(read(losing(40, 800), 'elastic-lost-share')).toEqual({ value: 0.05, censored: false });
    expect(read(losing(0, 0), 'elastic-lost-share')).toBeNull();
  });

  it('has no value where the generator could not double the load, and what was carried before it has one', () => {
    const reasons = ['Only 80.0 % of the load was offered'];
    const late = {
      ...round,
      generators: { [elasticPhase]: { ...healthyGenerator, valid: false, saturated: true, reasons } },
    };
    for (const metric of ['elastic-time', 'elastic-lost-share'] as const) {
      expect(read(round, metric)).not.toBeNull();
      expect(read(late, metric)).toBeNull();
    }
    expect(read(late, 'skewed-good-rate')).toEqual(read(round, 'skewed-good-rate'));
    expect(conditionOf(round, 'scaling', application)).toBe('good');
    expect(conditionOf(late, 'scaling', application)).toBe('invalid');
    expect(whyNotGood(late, 'scaling', application)).toEqual(reasons);
  });
});
