import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const main = `
const { app, BrowserWindow } = require('electron');
const path = require('node:path');
app.whenReady().then(() => new BrowserWindow({ width: 1200, height: 800 }).loadFile(path.join(__dirname, 'index.html')));
`;

/** Writes the smallest program with a window, to compare with. */
export async function writeHello(target: string): Promise<string> {
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, 'package.json'), JSON.stringify({ name: 'hello', main: 'main.cjs' }));
  await writeFile(path.join(target, 'index.html'), '<!doctype html><title>hello</title><h1>Hello</h1>');
  await writeFile(path.join(target, 'main.cjs'), main);
  return target;
}
