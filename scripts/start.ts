import { buildDesktop, root } from './desktop/build.ts';
import { electronToStart, runElectron, sandboxArguments } from './desktop/launch.ts';

await buildDesktop();
const electron = await electronToStart();
console.log(`Opening Cleave in Electron ${electron.version}.`);
process.exitCode = await runElectron(electron.executablePath, [root, ...sandboxArguments(), ...process.argv.slice(2)]);
