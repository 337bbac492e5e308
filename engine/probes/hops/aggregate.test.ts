import { describe, expect, it } from 'vitest';
import type { Span } from '../../deploy/index.ts';
import { aggregateHops } from './aggregate.ts';

const span = (values: Partial<Span> & Pick<Span, 'spanId' | 'kind' | 'durationMs'>): Span => ({
  traceId: 't',
  parentId: null,
  module: 'm',
  operation: 'op',
  caller: null,
  startMs: 0,
  storeMs: 0,
  serializationMs: 0,
  bytesIn: 0,
  bytesOut: 0,
  queueMs: 0,
  ...values,
});

describe('aggregateHops', () => {
  const root = span({
    spanId: 'a',
    kind: 'server',
    durationMs: 20,
    module: 'storefront',
    operation: 'home',
    storeMs: 1,
  });

  it('splits a remote call into the callee’s work and the network between', () => {
    const call = span({
      spanId: 'b',
      parentId: 'a',
      kind: 'remote',
      durationMs: 10,
      module: 'catalog',
      operation: 'list',
      caller: 'storefront',
      serializationMs: 1,
      startMs: 2,
    });
    const serving = span({
      spanId: 'c',
      parentId: 'b',
      kind: 'server',
      durationMs: 6,
      module: 'catalog',
      operation: 'list',
      caller: 'storefront',
      storeMs: 2,
      serializationMs: 1,
      startMs: 4,
    });
    const { edges, endpoints } = aggregateHops([{ ...root, caller: 'client' }, call, serving]);
    expect(edges.find((edge) => edge.to === 'catalog')).toMatchObject({
      from: 'storefront',
      kind: 'remote',
      callsPerJourney: 1,
      networkMs: 3,
      storeMs: 2,
      serializationMs: 2,
      ownMs: 3,
    });
    expect(endpoints['home']).toMatchObject({
      samples: 1,
      totalMs: 20,
      networkMs: 3,
      storeMs: 3,
      serializationMs: 2,
      ownMs: 12,
    });
    const home = endpoints['home'];
    expect(
      (home?.ownMs ?? 0) + (home?.storeMs ?? 0) + (home?.networkMs ?? 0) + (home?.serializationMs ?? 0),
    ).toBeCloseTo(20);
  });

  it('has no network in a local call', () => {
    const call = span({
      spanId: 'b',
      parentId: 'a',
      kind: 'local',
      durationMs: 8,
      module: 'catalog',
      operation: 'list',
      caller: 'storefront',
      storeMs: 3,
      startMs: 2,
    });
    const { edges } = aggregateHops([root, { ...root, spanId: 'z', traceId: 'another' }, call]);
    expect(edges.find((edge) => edge.to === 'catalog')).toMatchObject({
      kind: 'local',
      callsPerJourney: 0.5,
      networkMs: 0,
      ownMs: 2.5,
      storeMs: 1.5,
    });
  });

  it('counts a journey once, however many requests it made', () => {
    const second = { ...root, spanId: 'second', operation: 'search' };
    const { sampledJourneys, sampledRequests, edges } = aggregateHops([root, second]);
    expect({ sampledJourneys, sampledRequests }).toEqual({ sampledJourneys: 1, sampledRequests: 2 });
    expect(edges.map(({ callsPerJourney }) => callsPerJourney)).toEqual([1, 1]);
  });

  it('counts waiting for calls made side by side once', () => {
    const calls = ['b', 'c'].map((spanId) =>
      span({ spanId, parentId: 'a', kind: 'local', durationMs: 10, caller: 'storefront', startMs: 5 }),
    );
    const { edges } = aggregateHops([root, ...calls]);
    expect(edges.find((edge) => edge.to === 'storefront')?.ownMs).toBeCloseTo(9);
  });
});
