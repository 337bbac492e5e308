import { expect, it } from 'vitest';
import type { Span } from '../../deploy/index.ts';
import { callsOf, operationsUsed } from './calls.ts';

const span = (values: Partial<Span> & Pick<Span, 'spanId' | 'kind'>): Span => ({
  ...{ traceId: 't', parentId: null, module: 'front', operation: 'home', caller: null, startMs: 0, durationMs: 1 },
  ...{ storeMs: 0, serializationMs: 0, bytesIn: 0, bytesOut: 0, queueMs: 0 },
  ...values,
});
const root = span({ spanId: 'a', parentId: 'the load', kind: 'server' });
const remote = span({
  ...{ spanId: 'b', parentId: 'a', kind: 'remote', caller: 'front', module: 'cart', operation: 'view' },
});
const serving = { ...remote, spanId: 'c', parentId: 'b', kind: 'server' } as const;
const local = span({
  ...{ spanId: 'd', parentId: 'c', kind: 'local', caller: 'cart', module: 'catalog', operation: 'products' },
});

it('who called what, under the endpoint that was asked, each once', () => {
  const again = [root, remote, serving, local].map((one) => ({
    ...one,
    spanId: `${one.spanId}2`,
    parentId: one.kind === 'server' && one.caller === null ? null : `${one.parentId}2`,
  }));
  expect(callsOf([root, remote, serving, local, ...again])).toEqual([
    { endpoint: 'home', from: 'front', to: 'cart', operation: 'view' },
    { endpoint: 'home', from: 'cart', to: 'catalog', operation: 'products' },
  ]);
});

it('leaves out what nobody asked for from outside, and ends where spans go round in a circle', () => {
  expect(callsOf([local])).toEqual([]);
  const circle = [
    { ...local, parentId: 'e' },
    { ...local, spanId: 'e', parentId: 'd' },
  ];
  expect(callsOf(circle)).toEqual([]);
});

it('which operations a module uses, whoever asked', () => {
  const call = { endpoint: 'home', from: 'cart', to: 'catalog', operation: 'products' };
  expect(operationsUsed([call, { ...call, endpoint: 'view' }])).toEqual([
    { from: 'cart', to: 'catalog', operation: 'products' },
  ]);
});
