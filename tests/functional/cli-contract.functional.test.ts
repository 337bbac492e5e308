import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { hostTopology, type HostedTopology } from '../../sample-apps/kit/testing/index.ts';
import { cuts, modules } from '../../sample-apps/shop/testing/index.ts';
import { changingProxy } from '../support/changing-proxy.ts';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome, start } from '../support/cli/run.ts';

const home = makeHome();
let topology: HostedTopology;
beforeAll(async () => {
  topology = await hostTopology(modules, { cut: cuts.microservices });
});
afterAll(async () => {
  await topology.close();
  home.remove();
});

const check = (module: string, url: string, ...rest: string[]) =>
  runHere(home, ['contract', 'check', '--module', module, '--url', url, ...rest]);

it('an implementation that is as its contract says: one line and exit code 0', async () => {
  expect(await check('catalog', topology.url('catalog'))).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: expect.stringMatching(
      /^catalog at http:.* is as its contract says: 4 operations, \d+ examples, \d+ requests\.\n$/,
    ) as string,
  });
});

it('one whose examples ask another module first is told where that one is', async () => {
  const alone = await check('orders', topology.url('orders'));
  expect(alone).toMatchObject({ code: 1, stdout: '' });
  expect(alone.stderr).toMatch(
    /^cleave: "A filled cart" asks cart\.add at .*; say where cart answers with --with cart=URL\n$/,
  );
  const told = await check('orders', topology.url('orders'), '--with', `cart=${topology.url('cart')}`, '--json');
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(told.stdout)).toMatchObject({ module: 'orders', operations: 2, differences: [], notAsked: [] });
});

it('one that is wrong: a line for each difference and exit code 1', async () => {
  const proxy = await changingProxy(topology.url('catalog'));
  onTestFinished(() => proxy.close());
  proxy.change('/catalog/product', (answer) => ({ ...answer, body: answer.body.replace('"name"', '"na\\u202eme"') }));
  const { code, stdout, stderr } = await check('catalog', proxy.url.href);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout.split('\n')).toEqual([
    'catalog.product: field "name": expected a text, came nothing ("One product")',
    expect.stringMatching(/^catalog at .* differs from its contract in 1 place: /) as string,
    '',
  ]);
  const asJson = await check('catalog', proxy.url.href, '--json');
  expect(asJson).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    differences: [{ operation: 'catalog.product', place: 'field', field: 'name', came: 'nothing' }],
  });
});

it('the document of a module is printed as JSON', async () => {
  const { code, stdout } = await runHere(home, ['contract', 'show', '--module', 'cart']);
  expect(code).toBe(0);
  const { openapi, paths } = JSON.parse(stdout) as { openapi: string; paths: object };
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths)).toEqual(
    ['get', 'add', 'remove', 'claim', 'takeOut', 'release'].map((name) => `/cart/${name}`),
  );
});

it('one without operations is printed with a word about it', async () => {
  const { code, stdout, stderr } = await runHere(home, ['contract', 'show', '--module', 'storefront']);
  expect(JSON.parse(stdout)).toMatchObject({ openapi: '3.1.0', paths: {} });
  expect(stderr).toContain('"storefront" has no operations that other modules call');
  expect(code).toBe(0);
});

it('Ctrl-C leaves an implementation that hangs at once', async () => {
  const server = createServer();
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked = once(server, 'request');
  const running = start(home, ['contract', 'check', '--module', 'catalog', '--url', url]);
  await asked;
  running.child.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
  expect(running.text()).not.toMatch(/\n\s+at /);
});
