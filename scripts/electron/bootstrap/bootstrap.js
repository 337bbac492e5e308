// The default application for an Electron that came without one: loads the application folder (or file)
// named by CLEAVE_APP_PATH or by the first argument that is not an option, as `electron <folder>` does.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const OPTIONS_WITH_VALUE = new Set(['-r', '--require', '-i', '--interactive']);

function appPathFromArguments(args) {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (OPTIONS_WITH_VALUE.has(arg)) index += 1;
    else if (!arg.startsWith('-')) return arg;
  }
  return undefined;
}

// As the plain Electron does: programs that drive a window ask for a module to be loaded before it.
const require = createRequire(import.meta.url);
const argumentsAtStart = [...process.argv];
for (const [index, arg] of argumentsAtStart.entries()) {
  if (arg === '-r' || arg === '--require') require(path.resolve(argumentsAtStart[index + 1]));
}

const given = process.env.CLEAVE_APP_PATH ?? appPathFromArguments(process.argv.slice(1));
if (given === undefined) {
  console.error('Electron: no application given. Pass its folder as the first argument or in CLEAVE_APP_PATH.');
  process.exit(2);
}

const target = path.resolve(given);
let entry = target;
if (statSync(target).isDirectory()) {
  const manifest = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  entry = path.resolve(target, manifest.main ?? 'index.js');
  const name = manifest.productName ?? manifest.name;
  if (name) app.setName(name);
  if (manifest.version) app.setVersion(manifest.version);
  app.setAppPath(target);
}

process.defaultApp = true;
// Electron holds back `ready` until this module is evaluated, so the application may still register schemes and switches.
await import(pathToFileURL(entry).href);
