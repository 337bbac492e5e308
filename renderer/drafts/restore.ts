import { freeExperimentName, useDrafts } from '../experiments/draft-store.ts';
import { useDrawing } from '../topologies/drawing-store.ts';
import type { KeptDrafts } from './read.ts';

/** Puts kept drafts beside those that were opened meanwhile, under a free name where one of these has theirs. */
export function restoreDrafts({ experiments, fresh, touched }: KeptDrafts): void {
  const state = useDrafts.getState();
  const drafts = { ...state.drafts };
  const nowFresh = new Set(state.fresh);
  const nowTouched = new Set(state.touched);
  for (const [key, experiment] of Object.entries(experiments)) {
    const name = freeExperimentName(key, new Set(Object.keys(drafts)));
    drafts[name] = name === key ? experiment : { ...experiment, name };
    if (fresh.includes(key) || name !== key) nowFresh.add(name);
    if (touched.includes(key)) nowTouched.add(name);
  }
  useDrafts.setState({ drafts, fresh: nowFresh, touched: nowTouched });
}

/** Puts the kept cut back on the canvas, unless somebody has begun another meanwhile. */
export function restoreDrawing({ drawing }: KeptDrafts): void {
  const { drawing: now } = useDrawing.getState();
  if (drawing === null || (now !== null && now.past.length > 0)) return;
  useDrawing.setState({ drawing: drawing.drawing, opened: drawing.opened, selected: null, said: '' });
}
