import net from 'node:net';
import { expect, it } from 'vitest';
import { portIsFree, releasePorts, reservePorts, reserveWantedPort } from './ports.ts';

it('never hands a port out twice until it is given back', async () => {
  const lists = await Promise.all([reservePorts(20), reservePorts(20), reservePorts(20)]);
  const ports = lists.flat();
  expect(new Set(ports).size).toBe(60);
  for (const port of ports) expect(port).toBeLessThan(32_768);
  const [first = 0] = ports;
  await expect(reserveWantedPort(first)).rejects.toMatchObject({ kind: 'port-taken' });
  releasePorts(ports);
  expect(await reserveWantedPort(first)).toBe(first);
  releasePorts([first]);
});

it('refuses a port that somebody listens on', async () => {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await portIsFree(port)).toBe(false);
  await expect(reserveWantedPort(port)).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken by another program`);
  await new Promise((resolve) => server.close(resolve));
});
