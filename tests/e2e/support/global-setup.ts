import { buildDesktop } from '../../../scripts/desktop/build.ts';
import { resolveElectron } from '../../../scripts/electron-binary.ts';
import { buildScriptedApp } from './scripted-app.ts';

/** Builds the program if its sources changed and finds an Electron, unless the caller did. */
// oxlint-disable-next-line import/no-default-export -- Playwright calls the default export
export default async function globalSetup(): Promise<void> {
  await buildDesktop();
  await buildScriptedApp();
  process.env['CLEAVE_ELECTRON'] ??= (
    await resolveElectron({ allowFallback: true, onProgress: console.log })
  ).executablePath;
}
