import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listApplications, loadApplication } from '../../engine/deploy/index.ts';
import { findGo } from '../../engine/languages/go/compiler.ts';
import { prebuiltFolder, prebuiltName } from '../../engine/languages/go/prebuilt.ts';
import { buildPrograms, launchOf, thisMachine, type Target } from '../../engine/languages/index.ts';

/** What containers run on, and this system, on which units run as processes. */
function targets(): Target[] {
  const all: Target[] = [{ os: 'linux', architecture: 'x64' }, { os: 'linux', architecture: 'arm64' }, thisMachine()];
  return all.filter(
    (one, index) =>
      all.findIndex(({ os, architecture }) => os === one.os && architecture === one.architecture) === index,
  );
}

/**
 * Compiles every module that is written in Go beside its sources, for machines without a compiler, and says which. Where there is none here either, nothing is compiled, and that is what is
 * said. Throws Unbuildable.
 */
export async function prebuildGo(applicationsDirectory: string, workDirectory: string): Promise<string> {
  if ((await findGo()) === null) return 'NO GO COMPILER IS HERE, SO UNITS IN GO WILL NEED ONE WHERE THEY RUN.';
  const made: string[] = [];
  for (const name of await listApplications(applicationsDirectory)) {
    const application = await loadApplication(applicationsDirectory, name);
    for (const [module, { languages }] of Object.entries(application.modules)) {
      if (languages?.go === undefined) continue;
      const folder = path.join(applicationsDirectory, name, languages.go, prebuiltFolder);
      const order = {
        ...{ applicationsDirectory, application, workDirectory, files: new Map<string, string>(), signal: undefined },
        units: [{ name: module, modules: [module], language: 'go' as const }],
      };
      await mkdir(folder, { recursive: true });
      for (const target of targets()) {
        const sources = await buildPrograms({ ...order, target, packages: 'left-out' });
        const programs = await buildPrograms({ ...order, target, packages: 'bundled' });
        const [hash, program] = [sources.get(module)?.hash, programs.get(module)?.files[launchOf('go').main]];
        if (hash === undefined || program === undefined) throw new Error(`nothing was made of "${module}"`);
        await writeFile(path.join(folder, prebuiltName(hash, target)), program);
        made.push(`${module} for ${target.os} on ${target.architecture}`);
      }
    }
  }
  return `Compiled from Go: ${made.join(', ') || 'nothing'}.`;
}
