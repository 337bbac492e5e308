import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fakeEngine } from '../../../engine/runtime/testing/index.ts';
import { routeOf } from './call.ts';
import type { Failure } from './failure.ts';
import { faultProxy, type EngineFault } from './proxy.ts';

it.each([
  ['/_ping', '/_ping'],
  ['/v1.41/containers/json?all=true', '/containers/json'],
  ['/containers/create?name=x', '/containers/create'],
  ['/containers/json/json', '/containers/{name}/json'],
  ['/v1.44/containers/abc/logs?follow=true&stdout=true', '/containers/{name}/logs?follow'],
  ['/containers/abc/logs?tail=5', '/containers/{name}/logs'],
  ['/images/cleave/shop:1/json', '/images/{name}/json'],
  ['/images/json?filters={}', '/images/json'],
  ['/images/sha256:1', '/images/{name}'],
  ['/networks/abc/connect', '/networks/{name}/connect'],
  ['/volumes', '/volumes'],
  ['/build?t=x', '/build'],
])('%s is a call of %s', (url, route) => {
  expect(routeOf({ url })).toBe(route);
});

/** A proxy before an engine that has one container; it is asked for all of them. */
async function listing(failure: Failure, times: EngineFault['times'] = 'always') {
  const engine = await fakeEngine(['/containers/one']);
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-proxy-'));
  const socketPath = path.join(folder, 'engine.sock');
  const call = { method: 'GET', route: '/containers/json', phase: 'building' } as const;
  const proxy = await faultProxy(engine.address, socketPath, { call, failure, times });
  onTestFinished(async () => {
    await proxy.close();
    engine.close();
    rmSync(folder, { recursive: true });
  });
  const ask = () =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const request = http.get({ socketPath, path: '/containers/json', agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode, body }));
        response.on('error', () => reject(new Error(`cut after ${body.length > 0 ? 'some' : 'nothing'} of the body`)));
      });
      request.on('error', () => reject(new Error('cut before the answer')));
    });
  return { proxy, engine, ask };
}

const whole = expect.stringContaining('"Id":"one"') as unknown;

it('fails calls of the phase alone, and none once it is well', async () => {
  const { proxy, ask } = await listing('500');
  expect(await ask()).toEqual({ status: 200, body: whole });
  proxy.phase = 'building';
  expect(await ask()).toMatchObject({ status: 500 });
  expect(await ask()).toMatchObject({ status: 500 });
  proxy.heal();
  expect(await ask()).toEqual({ status: 200, body: whole });
  expect(proxy.done).toBe(2);
  expect([...proxy.seen.values()].map(({ count }) => count)).toEqual([1, 3]);
});

it.each([
  ['409', false],
  ['403', false],
] as const)('%s is an answer that the engine never gave', async (failure, heard) => {
  const { proxy, engine, ask } = await listing(failure, 'once');
  proxy.phase = 'building';
  expect(await ask()).toMatchObject({ status: Number(failure) });
  expect(engine.requests.length > 0).toBe(heard);
  expect(await ask()).toEqual({ status: 200, body: whole });
});

it.each([
  ['close', 'cut before the answer'],
  ['half body', 'cut after some of the body'],
] as const)('%s loses the answer of an engine that heard', async (failure, says) => {
  const { proxy, engine, ask } = await listing(failure);
  proxy.phase = 'building';
  await expect(ask()).rejects.toThrow(says);
  expect(engine.requests).toEqual(['GET /containers/json']);
});
