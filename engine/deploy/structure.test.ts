import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedTopology, structureMeasurementSchema, type OfferedOperation, type Topology } from '../model/index.ts';
import { measureStructure, type StructureLaboratory } from './index.ts';
import { fakeLaboratory, type FakeLaboratory } from './testing/index.ts';
import { laboratoryOfThisMachine } from './this-machine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cleave-structure-'));
let laboratory: FakeLaboratory;
let real: StructureLaboratory;
beforeAll(async () => {
  laboratory = await fakeLaboratory({ folder });
  real = laboratoryOfThisMachine(laboratory);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cut(name: string): Topology {
  const found = namedTopology(laboratory.application, name);
  if (found === undefined) throw new Error(`no cut ${name}`);
  return found;
}

describe('the structure of a cut', () => {
  it('is that of its programs: lines of each module once, bytes by unit, and what each change gets into', async () => {
    for (const name of ['monolith', 'microservices']) {
      const topology = cut(name);
      const { modules, units, changes, ...rest } = await measureStructure(real, laboratory.application, topology, {
        changes: true,
      });
      expect(structureMeasurementSchema.parse({ modules, units, changes, ...rest })).toBeDefined();
      // All modules lie in one folder, so that each has its source file alone.
      expect(modules.map(({ module, files }) => [module, files])).toEqual([
        ['front', 1],
        ['work', 1],
        ['extra', 1],
      ]);
      for (const { lines } of modules) expect(lines).toBeGreaterThan(0);
      expect(units.map(({ unit, modules: of }) => [unit, of])).toEqual(
        topology.units.map((one) => [one.name, one.modules]),
      );
      for (const { bundleBytes, packages } of units) {
        expect(bundleBytes).toBeGreaterThan(0);
        expect(packages).toEqual([]);
      }
      expect(changes?.find(({ change }) => change === 'louder')).toEqual({
        ...{ change: 'louder', modules: ['front', 'extra'] },
        units: name === 'monolith' ? ['all'] : ['front', 'extra'],
      });
    }
  });

  it('has the same lines in every cut', async () => {
    const linesIn = async (name: string) =>
      (await measureStructure(real, laboratory.application, cut(name), { changes: false })).modules.map(
        ({ lines }) => lines,
      );
    expect(await linesIn('monolith')).toEqual(await linesIn('microservices'));
  });

  it('knows no operations of what has no contract to show, and does not guess', async () => {
    const field = { path: 'id', type: 'text', required: true };
    const ask: OfferedOperation = { name: 'ask', summary: 'Asks', repeat: 'safe', input: [field], output: [] };
    const broken: StructureLaboratory = {
      ...laboratory,
      offers: async () => new Map([['work', { operations: [ask], examples: 7 }]]),
    };
    const application = structuredClone(laboratory.application);
    const { modules } = await measureStructure(broken, application, cut('monolith'), { changes: false });
    expect(modules.map(({ operations }) => operations)).toEqual([null, ['ask'], null]);
    expect(modules.map(({ contract, examples }) => [contract, examples])).toEqual([
      [undefined, undefined],
      [[ask], 7],
      [undefined, undefined],
    ]);
  });

  it('says why where a change cannot be made to the source, and what else there is to say', async () => {
    const application = structuredClone(laboratory.application);
    application.changes = { gone: { title: 'Gone', summary: '', kind: 'fix', patch: 'changes/gone.patch' } };
    const { modules, changes, changesReason } = await measureStructure(laboratory, application, cut('monolith'), {
      changes: true,
    });
    expect(changes).toBeNull();
    expect(changesReason).toMatch(/^change "gone": its patch cannot be read/);
    expect(modules).toHaveLength(3);
  });

  it('counts the bytes of packages by name, of the innermost folder of packages', async () => {
    const inFolder = (...parts: string[]) => path.join(path.sep, 'x', ...parts);
    const bytes = new Map([
      [inFolder('shop', 'cart', 'index.ts'), 7],
      [inFolder('node_modules', 'zod', 'a.js'), 10],
      [inFolder('node_modules', 'zod', 'b.js'), 5],
      [inFolder('node_modules', 'zod', 'node_modules', '@scope', 'one', 'c.js'), 3],
      [inFolder('node_modules', 'shaken', 'out.js'), 0],
    ]);
    const odd: StructureLaboratory = {
      ...laboratory,
      bundle: async (...asked) =>
        new Map([...(await laboratory.bundle(...asked))].map(([name, unit]) => [name, { ...unit, bytes }])),
    };
    const { units } = await measureStructure(odd, laboratory.application, cut('monolith'), { changes: false });
    expect(units[0]?.packages).toEqual([
      { name: 'zod', bytes: 15 },
      { name: '@scope/one', bytes: 3 },
    ]);
  });

  it('can be cancelled', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      measureStructure(laboratory, laboratory.application, cut('monolith'), { changes: true, signal }),
    ).rejects.toThrow('enough');
  });
});
