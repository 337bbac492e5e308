import { cpus, totalmem } from 'node:os';
import type { Command } from 'commander';
import pc from 'picocolors';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { homeHere } from '../../engine/files/index.ts';
import { toolchainsHere } from '../../engine/languages/index.ts';
import { availableMemory } from '../../engine/machine/index.ts';
import { decimalFigure, languageTitles } from '../../engine/model/index.ts';
import { discoverEngine } from '../../engine/runtime/index.ts';

const gibibyte = 2 ** 30;
const leastFreeBytes = 2 * gibibyte;

export function addDoctor(program: Command, laboratory: Laboratory, exit: (code: number) => void): void {
  program
    .command('doctor')
    .description('Looks at the engine, the versions and the machine, and says what to do.')
    .action(async () => {
      const lines: [ok: boolean, text: string, advice?: string][] = [];
      const engine = await discoverEngine({ env: process.env, platform: process.platform, homeDir: homeHere() });
      if ('docker' in engine)
        lines.push([
          true,
          `container engine: ${engine.name} ${engine.version} (API ${engine.apiVersion ?? 'of no version'}) at ${engine.address}`,
        ]);
      else
        lines.push([
          false,
          `container engine: ${engine.problem}`,
          `${engine.nextStep} Until then --runtime process works without one.`,
        ]);
      if ('docker' in engine && engine.kind === 'podman')
        lines.push([
          false,
          'Podman is used through the part of its API that speaks like Docker, which is less complete',
          'Install its packages "aardvark-dns", without which units cannot find each other, and "catatonit"; CPU starvation cannot be injected.',
        ]);
      lines.push([
        true,
        `cleave ${laboratory.version}, Node ${process.version} on ${process.platform} ${process.arch}`,
      ]);
      for (const { language, path, missing, without } of await toolchainsHere())
        lines.push([path !== null, path === null ? missing : `${languageTitles[language]} at ${path}`, without]);
      const cores = cpus().length;
      lines.push([
        cores >= 2,
        `${cores} CPU cores`,
        'With one core the generator and the application share it, and the fairness gate says so; numbers are rough.',
      ]);
      const available = await availableMemory();
      lines.push([
        available === null || available >= leastFreeBytes,
        `${available === null ? 'an unknown part' : decimalFigure(available / gibibyte, 1)} of ${decimalFigure(totalmem() / gibibyte, 1)} GiB of memory free`,
        'Close other programs: eight units need about 1 GiB.',
      ]);
      for (const [ok, text, advice] of lines) {
        process.stdout.write(`${ok ? pc.green('ok     ') : pc.yellow('look at')} ${text}\n`);
        if (!ok && advice !== undefined) process.stdout.write(`        ${advice}\n`);
      }
      if (!('docker' in engine)) exit(1);
    });
}
