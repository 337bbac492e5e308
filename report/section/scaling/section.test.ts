import { describe, expect, it, test } from 'vitest';
import { elasticPhase, type Result, type Variant } from '../../../engine/model/index.ts';
import { markdownExporter } from '../../export/markdown.ts';
import { renderHtml } from '../../html.tsx';
import { healthyGenerator, poisoned, quickResult, scaledResult } from '../../testing/index.ts';
import { scaledVariants } from './data.ts';
import { caveat, scalingSentences } from './sentences.ts';

const sectionOf = (page: string): string => /<section[^>]*id="cr-scaling".*?<\/section>/s.exec(page)?.[0] ?? '';
const result = scaledResult();
const section = sectionOf(renderHtml(result));
const sentences = scalingSentences(result, scaledVariants(result));
/** With ordinary blanks. */
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');
const starting = (text: string): string[] => sentences.filter((sentence) => sentence.startsWith(text));

describe('what a run shows of scaling', () => {
  it('begins with the caveat: an allocation of a budget below three application CPUs, scaling from there on', () => {
    expect(sentences[0]).toMatch(/^1\sCPU for the application: this is the allocation of a budget, not scaling\./);
    expect(sentences[0]).toContain('from 3 application CPUs on');
    const of = (cpus: number) => caveat(scaledVariants(scaledResult({ applicationCpus: cpus })));
    expect(of(2)).toContain('not scaling');
    expect(of(3)).toMatch(/^3\sCPUs for the application: .* this is scaling/);
  });

  it('says what everybody had', () => {
    expect(plain(sentences[1] ?? '')).toBe(
      'Every variant has 0.6 CPU and 2.00 GiB in all: CPU is shared out equally over its instances (monolith: 0.15 CPU for each of 4 instances; macroservices: all of it in one instance; microservices: 0.15 CPU for each of 4 instances), memory by their number of modules.',
    );
  });

  it('says what a database server has beside that, and that it is the same only where it is', () => {
    const told = (...stores: Variant['settings']['store'][]): string => {
      const stored = scaledResult();
      for (const [index, { settings }] of stored.experiment.variants.entries())
        settings.store = stores[index % stores.length] ?? 'sqlite';
      return scalingSentences(stored, scaledVariants(stored)).find((one) => one.startsWith('Memory is with')) ?? '';
    };
    expect(told('sqlite')).toBe('');
    expect(told('postgres')).toMatch(
      /server, which has .* held to no share, .* not in what is said per CPU\. It is the same in every/,
    );
    expect(told('postgres-per-unit')).toMatch(/database servers, which have .* There is one for each unit\.$/);
    expect(told('sqlite', 'postgres')).toContain('their budgets are not equal');
    expect(told('sqlite', 'postgres')).not.toContain('the same in every variant');
  });

  it('says that nothing is within the objective only where a search found that', () => {
    const without = (bounded: 'generator' | 'range', variant = 'monolith'): Result => {
      const found = scaledResult();
      for (const round of found.rounds)
        for (const point of round.variant === variant ? (round.scaling?.points ?? []) : [])
          if (point.load === 'even') Object.assign(point, { bounded, goodPerSecond: null, journeysPerSecond: null });
      return found;
    };
    const even = (from: Result): string =>
      scalingSentences(from, scaledVariants(from)).find((one) => one.startsWith('Even load:')) ?? '';
    expect(even(without('range'))).toContain('monolith nothing within the objective');
    const [late, page] = [even(without('generator')), sectionOf(renderHtml(without('generator')))];
    expect(late).toContain('monolith not known, since the load generator gave out');
    for (const text of [late, page]) expect(text).not.toContain('nothing within the objective');
    expect(page).toContain('not known, since the load generator gave out');
  });

  it('says only what it carries where there is one variant', () => {
    const alone = scaledResult({ variants: ['monolith'] });
    const told = scalingSentences(alone, scaledVariants(alone)).filter((one) => one.startsWith('Even load'));
    expect(told).toEqual([expect.stringMatching(/^Even load: monolith [\d.,]+\srequests\/s\.$/)]);
  });

  it('says which way carries most, also by way of a third, or what is not decided', () => {
    expect(starting('Skewed load, four in five arrivals for Catalog:')).toEqual([
      expect.stringMatching(/ at equal budget microservices carries most \(monolith \d+.*, macroservices \d+.*\)\.$/),
    ]);
    expect(starting('Even load:')).toEqual([
      expect.stringMatching(
        /is not decided \(.*\); open between monolith and macroservices, macroservices and microservices; carrying less than another: microservices\.$/,
      ),
    ]);
  });

  it('says how Gunther\u2019s law fits, over what was measured and no further', () => {
    expect(
      starting("monolith, skewed load: Gunther's law over 1 to 4 instances of all has contention 0.0"),
    ).toHaveLength(1);
    expect(starting("microservices, even load: Gunther's law over 1 to 3 instances of recommendations")).toHaveLength(
      1,
    );
    expect(starting('macroservices,')).toEqual([]);
    const fewer = scaledResult();
    for (const { scaling } of fewer.rounds)
      if (scaling) scaling.points = scaling.points.filter(({ instances }) => instances !== 2);
    expect(scalingSentences(fewer, scaledVariants(fewer)).join(' ')).toContain(
      "microservices, skewed load: Gunther's law is not fitted, since it needs three numbers of instances of recommendations measured to their end, and there are 2.",
    );
  });

  it('says when twice the load was served', () => {
    expect(starting('monolith, the load doubled while 1 instance became 4').map(plain)).toEqual([
      'monolith, the load doubled while 1 instance became 4: the objective was met again after 4.00 s, with 2.9 % to 3.1 % of requests lost; the first further instance served after 2.00 s to 2.20 s, the last after 6.00 s to 6.20 s.',
    ]);
    expect(starting('microservices, the load doubled')[0]).toContain('met again in 2 of 3 deployments after 4.00');
  });

  it('leaves out where the generator could not double it', () => {
    const saturated = { ...healthyGenerator, valid: false, saturated: true };
    const told = (blocks: readonly number[]): string => {
      const late = scaledResult();
      for (const round of late.rounds)
        if (round.variant === 'monolith' && blocks.includes(round.block)) round.generators[elasticPhase] = saturated;
      return plain(
        scalingSentences(late, scaledVariants(late)).find((one) => one.startsWith('monolith, the load')) ?? '',
      );
    };
    expect(told([0])).toMatch(
      /with 3 % to 3\.1 % of requests lost; .*; the load generator could not double the load in 1 deployment, which is left out\.$/,
    );
    expect(told([0, 1, 2])).toBe(
      'monolith, the load doubled: not known, since the load generator could not double the load in 3 deployments.',
    );
  });
});

test('the section has the sentences, both loads in one chart, and what is drawn as a table', () => {
  expect(section).toContain('not scaling');
  for (const load of ['Skewed load', 'Even load']) expect(section).toContain(`${load}, good requests/s`);
  expect(section).toContain('3 of recommendations beside 1');
  expect(section).toContain('microservices, 3 of 3 of recommendations');
  expect(markdownExporter.render(result)).toMatch(/## Scaling\n\n- 1\sCPU for the application: this is the allocation/);
});

test('nothing is said where nothing was scaled, and nothing of a file acts', () => {
  expect(sectionOf(renderHtml(quickResult()))).toBe('');
  expect(sectionOf(renderHtml(poisoned(scaledResult())))).not.toMatch(/<img|<script/);
});
