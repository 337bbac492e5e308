import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Neighbours } from './neighbours.ts';

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'neighbours-'));
});
afterEach(() => rmSync(dataDirectory, { recursive: true }));

const token = 'of-the-first-start';
const [configured, told, later] = ['http://name-0:80', 'http://name-1:80', 'http://name-2:80'];

function unit(more: { token?: string; instance?: number; urls?: string[] } = {}): Neighbours {
  return new Neighbours({
    units: { front: { modules: ['asker'], urls: ['http://front:80'] }, back: backOf(more.urls) },
    dataDirectory,
    instance: more.instance ?? 0,
    control: { host: '127.0.0.1', port: 0, token: more.token ?? token },
  });
}
const backOf = (urls: string[] = [configured]) => ({ modules: ['callee'], urls });
const called = (neighbours: Neighbours): string | undefined => neighbours.addressesOf('callee').take()?.address.url;

it('calls what it was told last, also the process after a crash', async () => {
  const first = unit();
  expect(called(first)).toBe(configured);
  await first.replace({ units: { back: [told] } });
  await first.replace({ units: { front: ['http://front-1:80'] } });
  expect(called(first)).toBe(told);
  expect(called(unit())).toBe(told);
});

it('calls what it is configured with when it is another start or another instance: that is newer', async () => {
  await unit().replace({ units: { back: [told] } });
  expect(called(unit({ token: 'of-another-start', urls: [later] }))).toBe(later);
  expect(called(unit({ instance: 1, urls: [later] }))).toBe(later);
});

it('does not write the token down', async () => {
  await unit().replace({ units: { back: [told] } });
  const texts = readdirSync(dataDirectory).map((name) => readFileSync(join(dataDirectory, name), 'utf8'));
  expect(texts).toEqual([expect.stringContaining(told)]);
  expect(texts.join()).not.toContain(token);
});

it('changes nothing when the lists cannot be kept', async () => {
  const neighbours = unit();
  expect(called(neighbours)).toBe(configured);
  rmSync(dataDirectory, { recursive: true });
  await expect(neighbours.replace({ units: { back: [told] } })).rejects.toThrow('ENOENT');
  expect(called(neighbours)).toBe(configured);
  dataDirectory = mkdtempSync(join(tmpdir(), 'neighbours-'));
});
