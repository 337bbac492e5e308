import { createServer } from 'electron-vite';
import { build as buildProgram } from 'vite';
import { buildAgent } from './desktop/agent.ts';
import { root } from './desktop/build.ts';
import { needScreen } from './desktop/driven.ts';
import { hostConfig } from './desktop/host-config.ts';
import { electronToStart, sandboxArguments } from './desktop/launch.ts';

needScreen();
// The dev server reads both of these.
process.env['ELECTRON_EXEC_PATH'] = (await electronToStart()).executablePath;
process.env['ELECTRON_CLI_ARGS'] = JSON.stringify([...sandboxArguments(), ...process.argv.slice(2)]);

await buildProgram(hostConfig(root));
await buildAgent(root);
await createServer({ root, configFile: 'electron.vite.config.ts', build: { watch: {} } }, {});
