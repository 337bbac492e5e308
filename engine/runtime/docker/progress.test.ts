import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { readProgress } from './progress.ts';

function reading() {
  const stream = new PassThrough();
  const words: string[] = [];
  return { stream, words, read: readProgress(stream, (said) => words.push(said)) };
}

it('reads whole lines, however they are cut, and what is no JSON as a word that says nothing', async () => {
  const { stream, words, read } = reading();
  const text = '{"stream":"Step 1"}\r\n<html>\n{"status":"done"}\n{"stream":" last "}';
  for (const character of text) stream.write(character);
  stream.end();
  await read;
  expect(words).toEqual(['Step 1', '', 'done', 'last']);
});

it('fails with the error that comes in an answer that began well, and ends the stream', async () => {
  const { stream, read } = reading();
  stream.write('{"error":"no space left on device"}\n');
  await expect(read).rejects.toThrow('no space left on device');
  expect(stream.destroyed).toBe(true);
});

const why = 'no space left on device';

it.each([
  ['the newer field alone', { errorDetail: { code: 1, message: why } }],
  ['an empty older one', { error: '', errorDetail: { message: why } }],
  ['both', { error: why, errorDetail: { message: why } }],
  ['others of a wrong kind beside it', { error: why, status: 5, stream: null, errorDetail: 'x' }],
])('fails with an error that is told in %s', async (_, told) => {
  const { stream, read } = reading();
  stream.end(`${JSON.stringify(told)}\n`);
  await expect(read).rejects.toThrow(why);
});

it('fails with an error that tells no cause', async () => {
  const { stream, read } = reading();
  stream.end('{"errorDetail":{"code":1}}\n');
  await expect(read).rejects.toThrow('the engine gives no cause');
});

it.each([20_000, 1_000_000])(
  'fails with an error in a line of %i characters, which is told in short',
  async (length) => {
    const { stream, words, read } = reading();
    stream.end(`${JSON.stringify({ error: `${why} ${'x'.repeat(length)}` })}\n`);
    const failure = await read.catch((error: unknown) => String(error));
    expect(failure).toMatch(/^Error: no space left on device xxx/);
    expect(String(failure).length).toBeLessThan(20_000);
    expect(words.every((said) => said.length < 20_000)).toBe(true);
  },
);

it('goes on where a field for errors holds none', async () => {
  const { stream, words, read } = reading();
  stream.end('{"status":"done","error":"","errorDetail":null}\n');
  await read;
  expect(words).toEqual(['done']);
});

it('fails when the stream is cut', async () => {
  const { stream, read } = reading();
  stream.write('{"stream":"Step 1');
  stream.destroy();
  await expect(read).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
});
