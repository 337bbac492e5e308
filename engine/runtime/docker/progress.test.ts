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

it('fails when the stream is cut', async () => {
  const { stream, read } = reading();
  stream.write('{"stream":"Step 1');
  stream.destroy();
  await expect(read).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
});
