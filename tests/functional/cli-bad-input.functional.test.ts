import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { quickResult } from '../../report/testing/index.ts';
import { leftovers } from '../support/cli/leftovers.ts';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome, run, start } from '../support/cli/run.ts';

const home = makeHome();
afterAll(() => home.remove());

const fileWith = (name: string, text: string): string => {
  const file = path.join(home.folder, name);
  writeFileSync(file, text);
  return file;
};
const cut = (units: string) => ['--variants', `two=${units}`];
const load = (...rest: string[]) => ['load', '--url', 'http://127.0.0.1:9', ...rest];
const contract = (...rest: string[]) => ['contract', 'check', '--url', 'http://127.0.0.1:9', ...rest];
const elsewhere = { DOCKER_HOST: `unix://${home.folder}/no-engine.sock` };

/** What a person gives the command line, and the one line it answers. */
const refusals: [what: string, parameters: string[], sentence: RegExp][] = [
  [
    'unknown topology',
    ['compare', '--variants', 'nosuch'],
    /unknown topology "nosuch"; allowed: monolith, .*microservices/,
  ],
  ['unknown topology to look at', ['up', '--topology', 'nosuch'], /unknown topology "nosuch"; allowed: monolith/],
  [
    'a module in two units',
    ['compare', ...cut('a:storefront+cart|b:cart+catalog+recommendations+inventory+payments+orders+notifications')],
    /module "cart" is in two units \("a" and "b"\); each module belongs to exactly one/,
  ],
  [
    'a module in no unit',
    ['compare', ...cut('a:storefront+cart|b:catalog+recommendations+inventory+payments+orders')],
    /module "notifications" is in no unit; each module belongs to exactly one/,
  ],
  ['an unknown module', ['up', '--topology', 'x=a:stock'], /unit "a": unknown module "stock"; allowed: storefront, /],
  [
    'a cut that is not one',
    ['compare', '--variants', 'two=a'],
    /"two=a" is not readable at "a"; a cut is written name=unit:/,
  ],
  ['the same variant twice', ['compare', '--variants', 'monolith,monolith'], /"monolith" is there twice; .*--aa/],
  ['an unknown preset', ['compare', '--preset', 'huge'], /unknown preset "huge"; allowed: smoke, quick, standard/],
  [
    'going on with other variants',
    ['compare', '--continue', 'x', '--variants', 'monolith'],
    /'--continue <result>' cannot be used with option '--variants <list>'/,
  ],
  [
    'going on from what is not there',
    ['compare', '--continue', '/nowhere/result.json'],
    /result\.json .*(not there|does not exist|no such)/i,
  ],
  ['the impact of no change', ['impact', '--change', 'nosuch'], /unknown change "nosuch" of "shop"; allowed: unknown-/],
  [
    'a contract of no module',
    contract('--module', 'nosuch'),
    /unknown module "nosuch" of "shop"; allowed: storefront, /,
  ],
  [
    'a module without operations',
    contract('--module', 'storefront'),
    /module "storefront" offers no operations to others/,
  ],
  [
    'a contract held against another machine',
    ['contract', 'check', '--module', 'cart', '--url', 'http://example.com'],
    /--url must be on this machine .*: requests are never sent to other machines\./,
  ],
  [
    'a contract held against a page',
    ['contract', 'check', '--module', 'cart', '--url', 'http://localhost:9/?a=b'],
    /--url must be an address without a query, a fragment or a name/,
  ],
  [
    'a contract held against nobody',
    contract('--module', 'cart'),
    /expected an answer from http:\/\/127\.0\.0\.1:9\/, came no connection, since nobody listens there/,
  ],
  [
    'another module elsewhere',
    contract('--module', 'cart', '--with', 'catalog=http://example.com'),
    /--with must be on this machine/,
  ],
  [
    'another module that there is not',
    contract('--module', 'cart', '--with', 'http://127.0.0.1:9'),
    /--with: unknown module "http:\/\/127\.0\.0\.1:9" of "shop"; allowed: storefront/,
  ],
  ['the structure of no cut', ['structure', '--variants', 'nosuch'], /unknown topology "nosuch"; allowed: monolith, /],
  ['the structure of nothing', ['structure', '--app', '../shop'], /unknown application "..\/shop"; allowed: shop/],
  ['an unknown application', ['up', '--app', '../shop'], /unknown application "..\/shop"; allowed: shop/],
  [
    'an unknown runtime',
    ['up', '--runtime', 'cloud'],
    /'--runtime <runtime>'.*'cloud'.*Allowed choices are auto, docker, process/,
  ],
  ['a rate out of range', ['compare', '--rate', '0'], /--rate must be a number from 0\.1 to 10000, not "0"\./],
  [
    'a rate that is no number',
    ['compare', '--rate', 'fast'],
    /--rate must be a number from 0\.1 to 10000, not "fast"\./,
  ],
  [
    'a duration out of range',
    load('--rate', '5', '--duration', '0'),
    /--duration must be a number from 0\.1 to 3600, not "0"\./,
  ],
  ['blocks out of range', ['compare', '--blocks', '0'], /--blocks must be a whole number from 1 to 100, not "0"\./],
  ['a port out of range', ['up', '--port', '70000'], /--port must be a whole number from 1 to 65535, not "70000"\./],
  [
    'load on another machine',
    ['load', '--url', 'http://example.com', '--rate', '5', '--duration', '1'],
    /must be on this machine/,
  ],
  [
    'load with a password',
    ['load', '--url', 'http://me:secret@127.0.0.1:9/', '--rate', '5', '--duration', '1'],
    /--url must have no user name or password in it/,
  ],
  [
    'an experiment file that is not there',
    ['compare', '--experiment', '/nowhere/e.json'],
    /e\.json could not be read: there is no such file/,
  ],
  ['a broken experiment file', ['compare', '--experiment', fileWith('e.json', '{')], /e\.json is not JSON/],
  [
    'an experiment file and a preset',
    ['compare', '--experiment', 'e.json', '--preset', 'smoke'],
    /'--experiment <file>' cannot be used with option '--preset <name>'/,
  ],
  ['no result file', ['report', '/nowhere/result.json'], /result\.json could not be read: there is no such file/],
  ['a broken result file', ['report', fileWith('broken.json', '{"schema":')], /broken\.json is not JSON/],
  [
    'a file of something else',
    ['report', fileWith('other.json', '{}')],
    /other\.json is not a file of Cleave's: field "schema"/,
  ],
  [
    'a newer result file',
    ['report', fileWith('newer.json', '{"schema":"cleave/result","version":99}')],
    /newer\.json was written by a newer Cleave \(field "version" is 99.*update Cleave/,
  ],
  [
    'a result file without its fields',
    ['report', fileWith('half.json', '{"schema":"cleave/result","version":1}')],
    /half\.json is not a usable result: field "id"/,
  ],
  [
    'an unknown format',
    ['report', 'r.json', '--format', 'pdf'],
    /Allowed choices are html, csv, json, markdown, junit/,
  ],
  [
    'no engine where one was demanded',
    ['compare', '--runtime', 'docker'],
    /No container engine answers at unix:.*no-engine\.sock \(DOCKER_HOST\).*Start that engine/,
  ],
  [
    'no engine to look at a topology on',
    ['up', '--runtime', 'docker'],
    /No container engine answers at unix:.*Start that engine/,
  ],
];

const aFile = fileWith('a-file', 'not a folder');
refusals.push([
  'a file where --out wants a folder',
  ['compare', '--runtime', 'docker', '--out', aFile],
  /--out: nothing can be written into .*a-file \(ENOTDIR\); give a folder/,
]);

describe('bad input on the command line', () => {
  it.each(refusals)('%s: one sentence, a non-zero exit code, nothing begun', async (_what, parameters, sentence) => {
    const { code, stdout, stderr } = await runHere(home, parameters, elsewhere);
    expect(stderr.trim()).toMatch(new RegExp(`^cleave: .*${sentence.source}`));
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect([1, 2]).toContain(code);
    expect(await leftovers(home, null)).toEqual([]);
    expect(readdirSync(home.folder)).not.toContain('data');
  });

  it('a reader that goes away is no crash', async () => {
    const running = start(home, ['report', fileWith('good.json', JSON.stringify(quickResult())), '--format', 'html']);
    running.child.stdout?.destroy();
    expect(await running.ended).toMatchObject({ stderr: '' });
  });

  it('a port that another program has', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, stderr } = await run(home, ['up', '--runtime', 'process', '--port', String(port)]);
    server.close();
    expect(stderr).toBe(
      `cleave: Port ${port} of 127.0.0.1 is taken by another program. Choose another port, or leave it out for any free one.\n`,
    );
    expect(code).toBe(1);
    expect(await leftovers(home, null)).toEqual([]);
  });

  it('a load to where nobody is, whose measurement is told all the same', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
    server.close();
    await once(server, 'close');
    const { code, stdout, stderr } = await runHere(home, ['load', '--url', url, '--rate', '40', '--duration', '0.5']);
    expect(stderr).toMatch(/^cleave: none of the \d+ requests to http:\S+ got a good answer: \d+ refused\n$/);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ good: 0, url });
  });
});
