import { readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Unit } from '../../model/index.ts';
import { withCopy } from '../copy.ts';
import { launchOf } from '../launch.ts';
import { fencesInWords, fencesOf, moduleFolder } from '../place.ts';
import { oneByOne, type Builder, type BuildOrder, type Program } from '../program.ts';
import { run } from '../run.ts';
import { hashOfFiles, readTree, type SourceTree } from '../source-tree.ts';
import type { Target } from '../target.ts';
import { findGo, noCompiler } from './compiler.ts';
import { findPrebuilt, prebuiltFolder } from './prebuilt.ts';
import { replacedFolders } from './replaced.ts';

/** Longest that one program is compiled, ms: the first one, with all of the standard library, takes half a minute on two cores. */
const limitMs = 240_000;

const architectures: Readonly<Record<Target['architecture'], string>> = { x64: 'amd64', arm64: 'arm64' };
const systems: Readonly<Record<Target['os'], string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** All that a Go program is compiled of. */
interface GoSources {
  /** The module that is the program; the others are named by it. */
  main: SourceTree;
  trees: readonly SourceTree[];
  hash: string;
}

/** Compiles the program of each unit, one after another, from a copy of its sources, without the network: the sources name nothing that is not theirs or Go's own. */
export const buildGo = goBuilder(findGo);

/** `find`: where the compiler is; null where there is none. */
export function goBuilder(find: () => Promise<string | null>): Builder {
  return (order) => oneByOne(order, (unit) => programOf(order, unit, find));
}

async function programOf(order: BuildOrder, unit: Unit, find: () => Promise<string | null>): Promise<Program> {
  const { folder } = moduleFolder(order, unit, 'go');
  const sources = await sourcesOf(order, folder);
  const told: Omit<Program, 'files' | 'hash'> = {
    sources: sources.trees.flatMap((tree) =>
      [...tree.files.keys()].filter((path) => !/^go\.(mod|sum)$/.test(path)).map((path) => join(tree.folder, path)),
    ),
    folders: sources.trees.map((tree) => tree.folder),
    bytes: new Map(),
  };
  if (order.packages === 'left-out') return { files: {}, hash: sources.hash, ...told };
  const main = await executable(order, sources, await find());
  const files = { [launchOf('go').main]: main };
  return { files, hash: hashOfFiles(Object.entries(files)), ...told };
}

async function sourcesOf(order: BuildOrder, folder: string): Promise<GoSources> {
  const fences = await fencesOf(order, 'go');
  const read = (place: string): Promise<SourceTree> =>
    readTree(place, { fences, fencesInWords, edits: order.files, isTaken: isOfProgram });
  const main = await read(folder);
  const goMod = main.files.get('go.mod');
  if (goMod === undefined) throw new Error(`there is no go.mod in ${folder}`);
  const named = replacedFolders(new TextDecoder().decode(goMod)).map((path) => resolve(folder, path));
  const trees = [main, ...(await Promise.all([...new Set(named)].map(read)))];
  return { main, trees, hash: hashOfFiles(trees.flatMap((tree) => filesBelow(order, tree))) };
}

const isOfProgram = (name: string): boolean =>
  !name.startsWith('.') && !name.endsWith('_test.go') && name !== prebuiltFolder && name !== 'testdata';

/** By their paths from the folder of all applications on. */
function filesBelow(order: BuildOrder, tree: SourceTree): [string, Uint8Array][] {
  const folder = fromApplications(order, tree).split(sep).join('/');
  return [...tree.files].map(([path, contents]) => [`${folder}/${path}`, contents]);
}

const fromApplications = ({ applicationsDirectory }: BuildOrder, { folder }: SourceTree): string =>
  relative(resolve(applicationsDirectory), folder);

async function executable(order: BuildOrder, sources: GoSources, go: string | null): Promise<Uint8Array> {
  const { target, workDirectory, signal } = order;
  if (go === null) {
    const found = await findPrebuilt(sources.main.folder, sources.hash, target);
    if (found !== null) return found;
    throw new Error(noCompiler);
  }
  const home = join(workDirectory, 'go');
  const all = sources.trees.flatMap((tree) => filesBelow(order, tree));
  return withCopy(home, all, async (copy) => {
    const folder = join(copy, fromApplications(order, sources.main));
    const made = join(copy, 'program');
    const environment = environmentOf(home, copy, target);
    const parameters = ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w', '-o', made, '.'];
    const { code, stderr } = await run(go, parameters, { folder, environment, limitMs, signal });
    if (code !== 0) throw new Error(firstErrorOf(stderr, copy));
    return readFile(made);
  });
}

/** Nothing of this process's own, which might have other programs come out; nothing is fetched, neither modules nor another compiler. */
function environmentOf(home: string, copy: string, target: Target): NodeJS.ProcessEnv {
  const { PATH, SYSTEMROOT } = process.env;
  return {
    ...{ PATH, SYSTEMROOT, HOME: home, GOENV: 'off', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'on' },
    ...{ GOPROXY: 'off', GOSUMDB: 'off', GOTOOLCHAIN: 'local', GOTELEMETRY: 'off' },
    ...{ GOCACHE: join(home, 'cache'), GOPATH: join(home, 'path'), GOTMPDIR: copy, TMPDIR: copy, TMP: copy },
    ...{ CGO_ENABLED: '0', GOOS: systems[target.os], GOARCH: architectures[target.architecture] },
  };
}

/** The first thing that the compiler says is wrong, without where the copy lies. */
export function firstErrorOf(stderr: string, copy: string): string {
  const lines = stderr
    .replaceAll(`${copy}/`, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [first = 'the compiler gave no reason', second] = lines;
  // What ends with a colon says nothing without the next one.
  const whole = first.endsWith(':') && second !== undefined ? `${first} ${second}` : first;
  return whole.replace(/^(\.\/|go: )/, '');
}
