import { z } from 'zod';
import { experimentSchema, topologySchema, type Experiment } from '../../engine/model/index.ts';
import { readDraftText } from './text.ts';

/** An experiment as a form holds it: of the right shape, with any mistakes that the form says at its fields. */
const draftSchema = z.custom<Experiment>((value) => isEditable(value));

const drawingSchema = z.object({
  drawing: z.object({ now: topologySchema, past: z.array(topologySchema), future: z.array(topologySchema) }),
  opened: z.string(),
});

/** What was being edited when the window last lived. */
export interface KeptDrafts {
  experiments: Record<string, Experiment>;
  /** Names of those that are no edits of a saved one. */
  fresh: string[];
  touched: string[];
  drawing: z.infer<typeof drawingSchema> | null;
}

const keptSchema = z.object({
  experiments: z.record(z.string(), z.unknown()).catch({}),
  fresh: z.array(z.string()).catch([]),
  touched: z.array(z.string()).catch([]),
  drawing: drawingSchema.nullable().catch(null),
});

/** Reads what was kept; a part that does not fit (another version wrote it) is left out, the others are taken. */
export function readKeptDrafts(text: string): KeptDrafts | null {
  const parsed = keptSchema.safeParse(readDraftText(text));
  if (!parsed.success) return null;
  const experiments = Object.entries(parsed.data.experiments).flatMap(([name, value]): [string, Experiment][] => {
    const draft = draftSchema.safeParse(value);
    return draft.success ? [[name, draft.data]] : [];
  });
  return { ...parsed.data, experiments: Object.fromEntries(experiments) };
}

/** Whether the form can show it: whatever is wrong with it is wrong with a value and not with a shape. */
export function isEditable(value: unknown): boolean {
  const { error } = experimentSchema.safeParse(value);
  return (error?.issues ?? []).every((issue) => {
    switch (issue.code) {
      case 'invalid_type': {
        const found = at(value, issue.path);
        return (issue.expected === 'number' || issue.expected === 'int') && typeof found === 'number';
      }
      case 'too_small':
      case 'too_big':
      case 'custom':
      case 'invalid_format':
      case 'not_multiple_of':
        return true;
      default:
        return false;
    }
  });
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );
}
