import path from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import { replaceFileSync } from '../../engine/files/index.ts';
import { readJson } from './files.ts';
import type { Log } from './log.ts';

/** The files that were opened last, newest first: kept here because not every desktop keeps them. */
export interface RecentFiles {
  list(): readonly string[];
  add(file: string): void;
  clear(): void;
}

const most = 10;
const schema = z.array(z.string().max(4096)).max(most);

export function openRecentFiles(profile: string, onChange: () => void, log: Log): RecentFiles {
  const kept = path.join(profile, 'recent.json');
  let files = readJson(kept, schema) ?? [];
  const set = (next: string[]) => {
    files = next;
    try {
      replaceFileSync(kept, JSON.stringify(files));
    } catch (error) {
      log('warning', `the recent files could not be kept: ${String(error)}`);
    }
    onChange();
  };
  return {
    list: () => files,
    add: (file) => {
      app.addRecentDocument(file);
      set([file, ...files.filter((one) => one !== file)].slice(0, most));
    },
    clear: () => {
      app.clearRecentDocuments();
      set([]);
    },
  };
}
