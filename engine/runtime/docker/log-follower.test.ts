import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Docker from 'dockerode';
import { expect, it, onTestFinished } from 'vitest';
import { LogFollower } from './log-follower.ts';

/** Bytes as an engine sends a line of a log: what stream it is of, and its length. */
function frame(line: string, stream = 1): Buffer {
  const text = Buffer.from(`${line}\n`);
  const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, text]);
}

/** A follower of the log of an engine that answers each time with the next of these, and whose container runs until they are used up. */
async function follow(...answers: ((response: ServerResponse) => void)[]) {
  const since: number[] = [];
  const tails: (string | null)[] = [];
  let stopped = false;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://engine');
    if (url.pathname.endsWith('/json')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ State: { Running: !stopped } }));
      return;
    }
    tails.push(url.searchParams.get('tail'));
    since.push(Number(url.searchParams.get('since')));
    const answer = answers[since.length - 1];
    stopped = since.length >= answers.length;
    if (answer === undefined) response.end();
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const docker = new Docker({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, protocol: 'http' });
  const follower = new LogFollower(docker, docker.getContainer('x'));
  onTestFinished(() => {
    follower.close();
    server.closeAllConnections();
    server.close();
  });
  const lines: string[] = [];
  let stop = (): void => undefined;
  const last = new Promise<string[]>((resolve) => {
    stop = follower.add(({ line }) => {
      lines.push(line);
      if (line === 'last') resolve(lines);
    });
  });
  return { last, stop, since, tails, follower };
}

const lines =
  (...all: string[]) =>
  (response: ServerResponse): void => {
    response.end(Buffer.concat(all.map((line) => frame(line))));
  };

it('goes on where a stream broke off, with no line lost and none twice', async () => {
  const { last, since } = await follow(
    (response) => {
      response.write(Buffer.concat([frame('2026-11-22T13:44:16Z a'), frame('2026-11-22T13:44:16.5Z b')]));
      response.write(frame('2026-11-22T13:44:16.75Z c').subarray(0, 12), () => response.destroy());
    },
    lines(
      ...['2026-11-22T13:44:16Z a', '2026-11-22T13:44:16.5Z b', '2026-11-22T13:44:16.123Z between'],
      ...['2026-11-22T13:44:16.75Z c', '2026-11-22T13:44:17.1Z last'],
    ),
  );
  expect(await last).toEqual(['a', 'b', 'between', 'c', 'last']);
  // Some seconds before the last line that came.
  expect(since[1]).toBe(Date.parse('2026-11-22T13:44:16Z') / 1000 - 10);
});

it('takes times for instants, however they are written', async () => {
  const { last } = await follow(
    lines('2026-11-22T13:44:16.5Z half', '2026-11-22T13:44:16.123Z less', '2026-11-22T13:44:16Z whole'),
    lines(
      ...['2026-11-22T14:44:16.500+01:00 half', '2026-11-22T13:44:16.123000Z less', '2026-11-22T13:44:16.0Z whole'],
      '2026-11-22T13:44:17Z last',
    ),
  );
  expect(await last).toEqual(['half', 'less', 'whole', 'last']);
});

it('has a line twice that was written twice', async () => {
  const same = '2026-11-22T13:44:16Z same';
  const { last } = await follow(lines(same, same), lines(same, same, same, '2026-11-22T13:44:16Z last'));
  expect(await last).toEqual(['same', 'same', 'same', 'last']);
});

it('has what comes after a clock that was set back', async () => {
  const { last } = await follow(
    lines('2026-11-22T13:44:16Z before'),
    lines('2026-11-22T13:44:16Z before', '2026-11-22T13:44:09Z after', '2026-11-22T13:44:10Z last'),
  );
  expect(await last).toEqual(['before', 'after', 'last']);
});

it('tells one stream from the other', async () => {
  const { last } = await follow(
    (response) => response.end(Buffer.concat([frame('2026-11-22T13:44:16Z x'), frame('2026-11-22T13:44:16Z x', 2)])),
    lines('2026-11-22T13:44:16Z x', '2026-11-22T13:44:16Z last'),
  );
  expect(await last).toEqual(['x', 'x', 'last']);
});

it('takes it up again with the container', async () => {
  const { last, since, follower } = await follow(lines('2026-11-22T13:44:16Z before'));
  await expect.poll(() => since.length, { interval: 10 }).toBe(1);
  // As often as it is told, until it has noticed that the first one ended.
  await expect
    .poll(
      () => {
        follower.resume();
        return since.length;
      },
      { interval: 10 },
    )
    .toBe(2);
  follower.close();
  void last;
});

it('begins with the first line, whatever the clock of this machine says, and again so where none came', async () => {
  const { last, since, tails } = await follow(
    lines(),
    lines('2001-01-01T00:00:00Z first', '2001-01-01T00:00:01Z last'),
  );
  expect(await last).toEqual(['first', 'last']);
  expect(since).toEqual([0, 0]);
  expect(tails).toEqual([null, null]);
});

it('hands on what comes only, once somebody has listened before', async () => {
  const { last, stop, tails, follower } = await follow(lines('2026-11-22T13:44:16Z last'), () => undefined);
  await last;
  stop();
  follower.add(() => undefined);
  await expect.poll(() => tails).toEqual([null, '0']);
});
