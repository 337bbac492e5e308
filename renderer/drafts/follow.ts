import { useDrafts } from '../experiments/draft-store.ts';
import { afterPaint } from '../shared/after-paint.ts';
import { ask } from '../shared/bridge.ts';
import { useDrawing } from '../topologies/drawing-store.ts';
import { restoreDrafts, restoreDrawing } from './restore.ts';
import { draftText } from './text.ts';
import { writeLatest } from './write-latest.ts';

/** Steps back that are kept with a cut. */
const keptSteps = 50;

/** Brings back what was being edited when the window last lived, and keeps every change from then on; returns the unsubscribe. */
export function followDrafts(): () => void {
  const writer = writeLatest((text) => ask('drafts:write', text));
  const flush = (): void => writer.flush();
  let last: string | null = null;
  const keep = (): void => {
    if (!useDrafts.getState().loaded) return;
    const text = keptText();
    if (text === last) return;
    last = text;
    writer.write(text);
  };
  const stops = [
    afterPaint(() => {
      void bringBack().then((text) => {
        last = text;
        useDrafts.setState({ loaded: true });
      });
    }),
    useDrafts.subscribe(keep),
    useDrawing.subscribe((now, before) => {
      if (now.drawing !== before.drawing || now.opened !== before.opened) keep();
    }),
  ];
  window.addEventListener('pagehide', flush);
  return () => {
    window.removeEventListener('pagehide', flush);
    for (const stop of stops) stop();
  };
}

/** Answers the text that was kept; never throws, because whatever is wrong with it must not keep new drafts from being kept. */
async function bringBack(): Promise<string | null> {
  try {
    const text = await ask('drafts:read');
    if (text === null) return null;
    // Checking shapes needs all the schemas, which the first page does not.
    const { readKeptDrafts } = await import('./read.ts');
    const kept = readKeptDrafts(text);
    if (kept === null) return null;
    restoreDrafts(kept);
    restoreDrawing(kept);
    return text;
  } catch {
    return null;
  }
}

function keptText(): string {
  const { drafts, fresh, touched } = useDrafts.getState();
  const { drawing, opened } = useDrawing.getState();
  return draftText({
    experiments: drafts,
    fresh: [...fresh],
    touched: [...touched],
    drawing:
      drawing === null || opened === null || drawing.past.length + drawing.future.length === 0
        ? null
        : {
            drawing: {
              now: drawing.now,
              past: drawing.past.slice(-keptSteps),
              future: drawing.future.slice(0, keptSteps),
            },
            opened,
          },
  });
}
