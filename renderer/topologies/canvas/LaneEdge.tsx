import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import type { PlacedCut, PlacedUnit } from './layout.ts';
import { lanesOf, pathOf } from './routes.ts';

export type LaneEdgeData = Edge<{ placed: PlacedCut; from: PlacedUnit; to: PlacedUnit }, 'lane'>;

/** A call between units: through the gaps between boxes. */
export function LaneEdge({ sourceX, sourceY, targetX, targetY, data, style, markerEnd }: EdgeProps<LaneEdgeData>) {
  if (data === undefined) return null;
  const { placed, from, to } = data;
  const lanes = lanesOf(placed, from, to, { x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  return <BaseEdge path={pathOf(lanes)} style={style} markerEnd={markerEnd} />;
}
