import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiDocument, Deployment } from '../../../engine/deploy/index.ts';
import { fakeLaboratory, type FakeLaboratoryOptions } from '../../../engine/deploy/testing/index.ts';
import {
  appSettingsSchema,
  longestAnswer,
  mostDocumentParts,
  namedTopology,
  type Topology,
} from '../../../engine/model/index.ts';
import { documentOfUnit } from './document.ts';
import { openExplorer } from './explorer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cleave-document-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function pair(cut: string, options: Partial<FakeLaboratoryOptions> = {}) {
  const laboratory = await fakeLaboratory({ folder, ...options });
  const explorer = openExplorer(() => undefined);
  const topology = namedTopology(laboratory.application, cut);
  if (topology === undefined) throw new Error('there is no such cut');
  const start = () => explorer.start('pair', topology, laboratory, appSettingsSchema.parse({}));
  return { explorer, start };
}

describe('the document of a unit', () => {
  it('is asked of that unit alone, through the agent, and has all of its modules', async () => {
    const asked: string[] = [];
    const { explorer, start } = await pair('microservices', {
      onCommand: (command) => {
        if ('url' in command && String(command.url).endsWith('/openapi.json')) asked.push(String(command.url));
      },
    });
    await expect(explorer.document('work')).rejects.toThrow('No cut runs, so there is nobody to ask.');
    await start();
    const { topology, unit, parts, left } = await explorer.document('work');
    expect([topology.name, unit, left, asked.length]).toEqual(['microservices', 'work', 0, 1]);
    expect(parts.map(({ title }) => title)).toEqual(['/work/ask', 'About the document']);
    await expect(explorer.document('constructor')).rejects.toThrow(
      'Unknown unit "constructor"; allowed: front, work, extra.',
    );
    await explorer.stop();
    const one = await pair('monolith');
    await one.start();
    expect((await one.explorer.document('all')).parts).toHaveLength(4);
    await one.explorer.stop();
  });

  it('that cannot be had is told in a sentence, with what to do', async () => {
    const { explorer, start } = await pair('microservices', {
      onCommand: (command) => {
        if ('url' in command && String(command.url).endsWith('/openapi.json')) throw new Error('nothing there');
      },
    });
    await start();
    await expect(explorer.document('work')).rejects.toMatchObject({
      message: expect.stringMatching(/^The document cannot be read: unit "work" does not show its OpenAPI document: /),
      nextStep: expect.stringMatching(/^Look in Explore/),
    });
    await explorer.stop();
  });

  it('names each address with its methods, is bounded, and does nothing to who looks at it', async () => {
    const topology: Topology = { name: 'cut', units: [{ name: 'all', modules: ['work'] }] };
    const read = (paths: ApiDocument['paths']) =>
      documentOfUnit(
        {
          documents: async () =>
            new Map([['all', { openapi: '3.1.0', info: { title: 'all', version: '1' }, paths, servers: ['\u202e'] }]]),
          variant: { topology } as Deployment['variant'],
        },
        'all',
      );
    const { parts } = await read({
      '/carts/{id}': { parameters: [], get: {}, put: { summary: '\u001b[2J' } },
      '/long': { post: { summary: 'x'.repeat(longestAnswer) } },
    });
    expect(parts.map(({ title, isCut }) => [title, isCut])).toEqual([
      ['GET PUT /carts/{id}', false],
      ['POST /long', true],
      ['About the document', false],
    ]);
    expect(parts[1]?.text).toHaveLength(longestAnswer);
    expect(parts.map(({ text }) => text).join('')).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    const many = await read(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`/${index}`, {}])));
    expect([many.parts.length, many.left]).toEqual([mostDocumentParts, 401 - mostDocumentParts]);
  });
});
