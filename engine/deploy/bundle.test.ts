import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { Unit } from '../model/index.ts';
import type { UnitSource } from '../runtime/index.ts';
import { BundleError, bundleUnits } from './bundle.ts';
import { loadApplication } from './manifest.ts';

const applications = path.join(import.meta.dirname, 'testing', 'applications');
const pair = await loadApplication(applications, 'pair');
const at = (applicationsDirectory: string) => ({ applicationsDirectory, workDirectory: tmpdir() });
const places = at(applications);
const unit = (name: string, ...modules: string[]): Unit => ({ name, modules });
async function bundled(...modules: string[]): Promise<UnitSource> {
  const [only] = (await bundleUnits(places, pair, [unit('unit', ...modules)])).values();
  if (only === undefined) throw new Error('nothing was bundled');
  return only;
}

describe('a bundle', () => {
  it('starts the modules of its unit and no other', async () => {
    const { files } = await bundled('front', 'work');
    const program = ['--input-type=module', '--eval', new TextDecoder().decode(files['unit.mjs'])];
    const { stdout } = await promisify(execFile)(process.execPath, program);
    expect(stdout).toBe('front,work');
  });

  it('is the same for the same modules, and another for others', async () => {
    const [one, again, other] = await Promise.all([bundled('work'), bundled('work'), bundled('extra')]);
    expect(again).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  it('is the same whatever is bundled with it', async () => {
    const units = [unit('all', 'front', 'work', 'extra'), unit('one', 'work'), unit('two', 'front', 'extra')];
    const together = await bundleUnits(places, pair, units);
    expect([...together.keys()]).toEqual(['all', 'one', 'two']);
    for (const { name, modules } of units) {
      const alone = await bundleUnits(places, pair, [unit(name, ...modules)]);
      expect([name, together.get(name)]).toEqual([name, alone.get(name)]);
      expect(together.get(name)?.hash).toBe((await bundled(...modules)).hash);
    }
  });

  it('that cannot be made is refused in one line that names the unit', async () => {
    const gone = { ...pair, modules: { ...pair.modules, work: { ...pair.modules['work']!, source: './gone.ts' } } };
    const units = [unit('sound', 'front'), unit('unit', 'work')];
    const refusals = [bundled('nothing'), bundleUnits(places, gone, units)];
    for (const refused of refusals) {
      const error: unknown = await refused.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(BundleError);
      expect(String(error)).toMatch(/^BundleError: unit "unit" .+$/);
    }
  });

  describe('has nothing in it of the machine it is made on', () => {
    const home = mkdtempSync(path.join(tmpdir(), 'cleave-bundle-'));
    afterAll(() => rmSync(home, { recursive: true }));
    const secret = path.join(home, 'config.json');
    writeFileSync(secret, '{"auths":"secret"}');
    writeFileSync(path.join(home, 'outside.ts'), 'export const module = {}; export function startUnit() {}');
    const own = path.join(home, 'applications');
    cpSync(path.join(applications), own, { recursive: true });
    const moduleThat = (source: string): string => `${source}\nexport const module = { config };\n`;
    const file = (name: string, source: string): string => {
      writeFileSync(path.join(own, 'pair', name), source);
      return `./${name}`;
    };
    symlinkSync(secret, path.join(own, 'pair', 'linked.json'));
    symlinkSync(home, path.join(own, 'pair', 'linked'));
    const { work } = pair.modules;

    it.each([
      ['named whole', file('whole.ts', moduleThat(`import config from ${JSON.stringify(secret)};`)), {}],
      ['named from here', file('from-here.ts', moduleThat("import config from '../../config.json';")), {}],
      ['behind a link', file('link.ts', moduleThat("import config from './linked.json';")), {}],
      ['behind a link to its folder', file('folder.ts', moduleThat("import config from './linked/config.json';")), {}],
      [
        'asked for while it runs',
        file('later.ts', moduleThat("const { default: config } = await import('../../config.json');")),
        {},
      ],
      ['taken for a module', '../../outside.ts', {}],
      ['taken for the kit', './work.ts', { kit: '../../outside.ts' }],
    ])('not a file that is %s', async (_how, source, change) => {
      const application = { ...pair, ...change, modules: { ...pair.modules, work: { ...work!, source } } };
      await expect(bundleUnits(at(own), application, [unit('unit', 'work')])).rejects.toThrow(
        /^unit "unit" cannot be bundled: it imports \S+(config\.json|outside\.ts), which is outside of the application, its kit and their packages$/,
      );
    });

    it('and what is its own may lie behind links', async () => {
      const linked = path.join(home, 'linked-applications');
      symlinkSync(own, linked);
      const bundles = await bundleUnits(at(linked), pair, [unit('unit', 'work')]);
      expect(bundles.size).toBe(1);
    });
  });
});
