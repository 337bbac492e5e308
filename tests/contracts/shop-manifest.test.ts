import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  applicationProblems,
  applicationSchema,
  namedTopology,
  settingsSchema as modelSettings,
  simulatedMsOf,
  topologyProblems,
} from '../../engine/model/index.ts';
import { configurationSchema, settingsSchema as kitSettings } from '../../sample-apps/kit/configuration.ts';
import { cuts, modules } from '../../sample-apps/shop/testing/index.ts';

const manifestUrl = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const application = applicationSchema.parse(parse(readFileSync(manifestUrl, 'utf8')));

describe('the manifest of the shop', () => {
  it('has nothing that a manifest is refused for', () => {
    expect(applicationProblems(application)).toEqual([]);
  });

  it('names exactly the modules that there are, with sources that exist', () => {
    expect(Object.keys(application.modules).toSorted()).toEqual(Object.keys(modules).toSorted());
    for (const { source } of Object.values(application.modules))
      expect(existsSync(fileURLToPath(new URL(source, manifestUrl)))).toBe(true);
    expect(existsSync(fileURLToPath(new URL(application.kit, manifestUrl)))).toBe(true);
  });

  it('says of each change which modules it edits in other languages, as its patch does', () => {
    for (const [name, { patch, languages = {} }] of Object.entries(application.changes ?? {})) {
      const text = readFileSync(new URL(patch, manifestUrl), 'utf8');
      for (const [module, { languages: folders = {} }] of Object.entries(application.modules)) {
        const edited = Object.entries(folders).filter(([, folder]) =>
          new RegExp(`^(?:---|[+]{3}) [ab]/${path.posix.normalize(folder)}/`, 'm').test(text),
        );
        const told: readonly string[] = languages[module] ?? [];
        expect(edited.map(([language]) => language).toSorted(), name).toEqual(told.toSorted());
      }
    }
  });

  it('declares what each module uses as its code does', () => {
    for (const [name, declared] of Object.entries(application.modules)) {
      expect(declared.uses.map(({ module }) => module).toSorted(), name).toEqual(
        Object.keys(modules[name]?.uses ?? {}).toSorted(),
      );
    }
  });

  it('names a tunable that there is where it says how long something simulated takes', () => {
    for (const { simulatedMs } of Object.values(application.endpoints))
      if (typeof simulatedMs === 'string') expect(application.tunables).toHaveProperty(simulatedMs);
    expect(simulatedMsOf(application, 'check-out', {})).toBe(10);
    expect(simulatedMsOf(application, 'check-out', { 'provider-latency': 25 })).toBe(25);
    expect(simulatedMsOf(application, 'home', {})).toBe(0);
  });

  it.each(Object.keys(application.topologies))('has the partition %s', (name) => {
    const topology = namedTopology(application, name);
    expect(topology && topologyProblems(topology, application)).toEqual([]);
    expect(application.topologies[name]).toEqual(cuts[name as keyof typeof cuts]);
  });

  it('declares every endpoint that journeys use, by a route that the storefront has', () => {
    const routes = readFileSync(new URL('storefront/api-routes.ts', manifestUrl), 'utf8');
    for (const { steps } of Object.values(application.journeys))
      for (const { endpoint } of steps) expect(application.endpoints).toHaveProperty(endpoint);
    for (const { route, needs } of Object.values(application.endpoints)) {
      expect(routes).toContain(`path: '${route}'`);
      for (const module of Object.keys(needs)) expect(modules).toHaveProperty(module);
    }
  });

  it('draws only products that are seeded', () => {
    for (const { draw } of Object.values(application.journeys)) {
      const product = draw['product'];
      if (product?.kind === 'integer') expect(product.max).toBeLessThanOrEqual(application.seed.sizes['products'] ?? 0);
    }
    expect(application.seed.sizes['products']).toBeGreaterThanOrEqual(1000);
  });
});

describe('the configuration of a unit', () => {
  it('is read by the kit as the engine means it', () => {
    const settings = modelSettings.parse({
      resilience: {
        retries: { count: 2, backoffMs: 10, jitter: 0.5, budget: 0.1 },
        circuitBreaker: { failureShare: 0.5, windowMs: 1000, minimumCallsPerSecond: 5, openMs: 1000 },
        bulkhead: { concurrent: 10, queued: 10 },
        loadShedding: { inFlight: 100 },
      },
      consistency: 'naive',
      outbox: false,
      tunables: { 'provider-latency': 5 },
    });
    expect(kitSettings.parse(settings)).toEqual(settings);
    expect(kitSettings.parse({})).toEqual(modelSettings.parse({}));
  });

  it('names the field that is wrong', () => {
    const parsed = configurationSchema.safeParse({ protocol: 1 });
    expect(parsed.success).toBe(false);
  });
});
