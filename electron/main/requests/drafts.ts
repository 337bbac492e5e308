import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../../../engine/files/index.ts';
import type { Context } from './context.ts';

/** What is being edited lies in the profile, so that it outlives the page, its process and this one. */
export function registerDraftRequests({ requests, places }: Context): void {
  const file = path.join(places.profile, 'drafts.json');
  requests.handle('drafts:read', () => readFile(file, 'utf8').catch(() => null));
  requests.handle('drafts:write', (text) => replaceFile(file, text));
}
