import { expect, test } from 'vitest';
import { loopbackUrl } from './loopback.ts';

test.each([
  'http://127.0.0.1:80/x',
  'http://127.9.8.7/',
  'http://localhost:3000/a?b=c',
  'http://[::1]:99/',
  'http://127.1/',
])('%s is on this machine', (text) => expect(loopbackUrl(text).protocol).toBe('http:'));

test.each([
  'http://10.0.0.1/',
  'http://example.org/',
  'http://127.0.0.1.example.org/',
  'http://[::2]/',
  'http://128.0.0.1/',
  'http://localhost.example/',
])('%s is refused as another machine', (text) => expect(() => loopbackUrl(text)).toThrow('must be on this machine'));

test.each(['https://127.0.0.1/', 'ftp://127.0.0.1/', '127.0.0.1:80', ''])('"%s" is refused as an address', (text) =>
  expect(() => loopbackUrl(text)).toThrow('must be a plain http address'),
);

test.each(['http://u:p@127.0.0.1/', 'http://u@localhost/', 'http://:p@[::1]/'])(
  '%s is refused, not sent without them',
  (text) => expect(() => loopbackUrl(text)).toThrow('must have no user name or password in it'),
);

test('a port that nobody can listen on is refused', () =>
  expect(() => loopbackUrl('http://127.0.0.1:0/')).toThrow('must name a port from 1 to 65535, not 0'));

test('who asks for another thing says so', () =>
  expect(() => loopbackUrl('http://10.0.0.1/', { option: '--with', sent: 'requests are' })).toThrow(
    /^--with must be on this machine .*: requests are never sent to other machines\.$/,
  ));
