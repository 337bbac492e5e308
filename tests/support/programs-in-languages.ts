import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programHere, type Command } from '../../cli/program-here.ts';
import type { Laboratory } from '../../engine/deploy/index.ts';
import type { Application, Language } from '../../engine/model/index.ts';

const applications = path.resolve(import.meta.dirname, '../../sample-apps');
const sources = path.join(applications, 'shop/recommendations');

/** The shop's recommendations in each language, as programs on this machine; `close` ends and removes all of it. */
export function recommendationsPrograms(laboratory: Pick<Laboratory, 'bundle' | 'nodePath'>, application: Application) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-programs-'));
  const hosts: Awaited<ReturnType<typeof programHere>>[] = [];
  const host = async (command: Command) => {
    const started = await programHere(command);
    hosts.push(started);
    return started;
  };
  const make: Record<Language, (place: string) => Command | Promise<Command>> = {
    typescript: async (place) => {
      const unit = { name: 'recommendations', modules: ['recommendations'] };
      const bundled = (await laboratory.bundle(application, [unit])).get('recommendations');
      const [[name, body] = ['', new Uint8Array()]] = Object.entries(bundled?.files ?? {});
      writeFileSync(path.join(place, name), body);
      return { command: laboratory.nodePath, parameters: [path.join(place, name)], isGuardedByRuntime: true };
    },
    go: (place) => {
      const program = path.join(place, 'unit');
      // Where it finds what it compiled before: a first time takes half a minute.
      execFileSync(goCommand(), ['build', '-trimpath', '-o', program, '.'], {
        cwd: path.join(sources, 'go'),
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOPROXY: 'off' },
      });
      return { command: program, parameters: [] };
    },
    python: pythonIn,
  };
  return {
    folder,
    host,
    of: async (language: Language) => {
      const place = mkdtempSync(path.join(folder, `${language}-`));
      return host(await make[language](place));
    },
    close: async () => {
      await Promise.all(hosts.map((one) => one.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function pythonIn(place: string): Command {
  cpSync(path.join(sources, 'python'), place, { recursive: true });
  cpSync(path.join(applications, 'kit-python/cleave_kit'), path.join(place, 'cleave_kit'), { recursive: true });
  return {
    command: programOnPath('python3', [], 'Python 3.11 (on Debian: apt-get install python3)'),
    parameters: [path.join(place, 'main.py')],
    environment: { PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' },
  };
}

/** The shop's recommendations in Python with one piece of the source changed. Throws where the piece is not there once. */
export function plantedPython(folder: string, file: string, piece: string, other: string): Command {
  const place = mkdtempSync(path.join(folder, 'planted-'));
  const command = pythonIn(place);
  const text = readFileSync(path.join(place, file), 'utf8');
  if (text.split(piece).length !== 2) throw new Error(`${file} does not have this once: ${piece}`);
  writeFileSync(
    path.join(place, file),
    text.replace(piece, () => other),
  );
  return command;
}

function goCommand(): string {
  const debian = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => /^go-1\.\d+$/.test(name)) : [];
  const places = debian.map((name) => `/usr/lib/${name}/bin`);
  return programOnPath('go', places, 'Go 1.19 or newer (on Debian: apt-get install golang-go)');
}

/** Throws an Error that says what to install. */
function programOnPath(name: string, more: readonly string[], what: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...more];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${name} is not on this machine, and this test needs it; install ${what}`);
  return found;
}
