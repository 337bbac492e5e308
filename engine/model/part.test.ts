import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema } from './application.ts';
import type { Experiment } from './experiment.ts';
import { faultLabel } from './fault-label.ts';
import { loadedParts, notDone, partsInWords, probeOfPart, restrictTo, type Part } from './part.ts';
import { presets } from './preset.ts';
import { nothingMeasured, probeDescriptions } from './probe/compose.ts';
import type { Round } from './result.ts';

const manifest = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const shop = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const thorough = presets.thorough.build(shop);
const everything: Experiment = {
  ...thorough,
  probes: {
    ...thorough.probes,
    ...{ latency: { durationMs: 5000, higher: { factor: 2, durationMs: 5000 } } },
    storm: presets['retry-storm'].build(shop).probes.storm,
    scaling: presets.scaling.build(shop).probes.scaling,
    diagnosis: presets.diagnosis.build(shop).probes.diagnosis,
  },
};
const hang = everything.probes.isolation?.faults.find(({ kind }) => kind === 'hang');
if (hang === undefined) throw new Error('the preset "thorough" does less than it did');
const hangPart: Part = `isolation: hang(${hang.module})`;
const wholes = probeDescriptions.flatMap(([, { parts }]) => Object.keys(parts) as Part[]);

describe('a part', () => {
  it('is of one probe, whoever says it', () => {
    for (const part of [...wholes, ...loadedParts(everything)]) {
      const owners = probeDescriptions.filter(
        ([key, { parts }]) => Object.hasOwn(parts, part) || part.startsWith(`${key}: `),
      );
      expect(owners.map(([key]) => key)).toEqual([probeOfPart(part)]);
    }
    expect(probeOfPart('higher')).toBe('latency');
    expect(probeOfPart(hangPart)).toBe('isolation');
    expect(() => probeOfPart('nonsense' as Part)).toThrow('unknown part "nonsense"');
  });

  it('is called by what people know it by', () => {
    expect(partsInWords(null)).toBe('everything');
    expect(partsInWords(['latency', 'higher', hangPart, 'storm', 'hops'])).toBe(
      `response times, response times at the higher rate, hang(${hang.module}), the storm, hops`,
    );
  });

  it('has a load of its own where that can be spoilt alone', () => {
    expect(loadedParts(everything)).toEqual([
      ...['latency', 'higher'],
      ...(everything.probes.isolation?.faults ?? []).map((fault) => `isolation: ${faultLabel(fault)}`),
      'storm',
    ]);
    expect(loadedParts(presets.crossover.build(shop))).toEqual(['latency']);
  });
});

describe('an experiment with nothing but some parts', () => {
  const asked = (parts: Part[]) =>
    Object.entries(restrictTo(everything, parts).probes).flatMap(([key, settings]) => (settings === null ? [] : [key]));

  it.each(wholes.filter((part) => part !== 'deployment'))(
    'asks for %s and for what cannot be parted from it',
    (part) => {
      const probe = probeOfPart(part);
      const with_ = part === 'latency' ? ['resources'] : [];
      expect(asked([part])).toEqual([...new Set(['latency', ...with_, probe])]);
      expect(restrictTo(everything, [part]).probes.latency.higher ?? null).toEqual(
        part === 'higher' ? everything.probes.latency.higher : null,
      );
    },
  );

  it('asks for one fault and no control', () => {
    const { isolation } = restrictTo({ ...everything }, [hangPart]).probes;
    expect(isolation).toMatchObject({ faults: [hang], control: false });
  });

  it('is as it was with all', () => {
    expect(restrictTo(everything, null)).toBe(everything);
  });
});

it('what was not done is told of what was asked for only', () => {
  const reason = 'the machine was asleep';
  const undone = (label: string) => ({ label, status: 'aborted', reason });
  const round = {
    ...nothingMeasured(),
    isolation: [undone(hangPart.replace('isolation: ', '')), { label: 'done', status: 'applied' }],
    storm: undone('a storm'),
  } as unknown as Round;
  const labels = (only: Part[] | null) => notDone(round, only).map(({ label }) => label);
  expect(labels(null)).toEqual([`hang(${hang.module})`, 'a storm']);
  expect(labels([hangPart])).toEqual([`hang(${hang.module})`]);
  expect(labels(['storm'])).toEqual(['a storm']);
  expect(labels(['latency'])).toEqual([]);
});
