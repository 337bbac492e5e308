/** What Electron and Chromium need of a bare Debian 12, with a virtual screen and fonts to draw with. */
export const DESKTOP_DEBIAN_PACKAGES: readonly string[] = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libnotify4',
  'libxss1',
  'libxtst6',
  'chromium',
  'fonts-dejavu-core',
  'fonts-liberation',
];
