import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { buildDesktop, root } from './desktop/build.ts';
import { resolveElectron } from './electron-binary.ts';
import { hashFiles } from './package/hash-files.ts';
import { stageLab } from './package/stage-lab.ts';

// Without arguments: the unpacked program for this machine. `--installers`: what electron-builder.yml lists for this system.
const wantsInstallers = process.argv.includes('--installers');

await buildDesktop();
console.log('Laying out the applications and tools that go beside the program.');
const staged = path.join(root, 'out', 'lab-packaged');
await stageLab(root, staged);
// In the archive, which holds them where nobody changes them without a trace.
const hashes = await hashFiles({ '': path.join(staged, 'lab'), node_modules: path.join(staged, 'packages') });
await writeFile(path.join(root, 'out', 'main', 'lab-hashes.json'), JSON.stringify(hashes));

const electron = await resolveElectron({ allowFallback: true, onProgress: console.log });
if (electron.origin === 'fallback') {
  console.log(
    `Packaging with Electron ${electron.version}, an older one: good for trying the package here, not for a release.`,
  );
}
const made = await build({
  projectDir: root,
  publish: 'never',
  ...(wantsInstallers ? {} : { targets: Platform.current().createTarget('dir') }),
  config: {
    extends: path.join(root, 'electron-builder.yml'),
    electronVersion: electron.version,
    afterPack: async ({ appOutDir, packager }) => {
      const resources = packager.getResourcesDir(appOutDir);
      await rm(path.join(resources, 'default_app.asar'), { force: true });
      // A program that finds other files than these starts nothing.
      const packed = await hashFiles({ '': path.join(resources, 'lab') });
      const different = Object.keys({ ...hashes, ...packed }).find((name) => hashes[name] !== packed[name]);
      if (different !== undefined) throw new Error(`lab/${different} was not packaged as it was laid out`);
    },
    // A downloaded Electron fits this machine only; electron-builder fetches others for other architectures itself.
    electronDist: path.dirname(electron.executablePath),
  },
});
for (const file of made) console.log(file);
console.log(
  `The program is in ${path.join('release', `${process.platform === 'linux' ? 'linux' : process.platform === 'darwin' ? 'mac' : 'win'}-unpacked`)}.`,
);
