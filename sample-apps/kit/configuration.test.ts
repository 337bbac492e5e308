import { describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';

const unit = {
  protocol: 1,
  application: 'shop',
  unit: 'front',
  modules: ['catalog'],
  units: {},
  listen: { host: '127.0.0.1', port: 0 },
  control: { host: '127.0.0.1', port: 0, token: 'a token of sixteen' },
  dataDirectory: '/data',
  seed: { value: 1 },
};
const database = { host: 'database', port: 5432, user: 'cleave', password: '', name: 'cleave', connections: 4 };
const read = (change: object) => readConfiguration({ CLEAVE_UNIT: JSON.stringify({ ...unit, ...change }) });

describe('the configuration of a unit', () => {
  it('has a file for its data unless it is told of a server', () => {
    expect(read({})).toMatchObject({ settings: { store: 'sqlite' } });
    expect(read({}).database).toBeUndefined();
    for (const store of ['postgres', 'postgres-per-unit'])
      expect(read({ settings: { store }, database })).toMatchObject({ database });
  });

  it('is told of a server exactly when its data are on one', () => {
    const sentence =
      'CLEAVE_UNIT: database: must be given with the stores postgres and postgres-per-unit, and only with those';
    expect(() => read({ settings: { store: 'postgres' } })).toThrow(sentence);
    expect(() => read({ database })).toThrow(sentence);
  });

  it('holds at least one connection and at most a hundred', () => {
    for (const connections of [0, 101, 1.5])
      expect(() => read({ settings: { store: 'postgres' }, database: { ...database, connections } })).toThrow(
        /^CLEAVE_UNIT: database\.connections: /,
      );
  });
});
