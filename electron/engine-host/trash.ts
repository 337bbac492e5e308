import type { Trashed } from '../../engine/model/index.ts';
import { emptyTrash, listTrash, restore } from '../../engine/storage/index.ts';

/** What was deleted, of every kind, as the window sees it. */
export interface Trash {
  list(): Promise<Trashed[]>;
  restore(kind: Trashed['kind'], id: string): Promise<void>;
  /** Removes everything in it for good; answers how many things that were. */
  empty(): Promise<number>;
}

/** `onChange` hears of what comes back, by its kind; of an emptied trash those who list results. */
export function openTrash(dataDirectory: () => string, onChange: Record<Trashed['kind'], () => void>): Trash {
  return {
    list: () => listTrash(dataDirectory()),
    restore: async (kind, id) => {
      await restore(dataDirectory(), kind, id);
      onChange[kind]();
    },
    empty: async () => {
      const count = await emptyTrash(dataDirectory());
      onChange.result();
      return count;
    },
  };
}
