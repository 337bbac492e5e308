import { BaseEdge, type EdgeProps } from '@xyflow/react';

/** A call within a stack: an arc on its right side, wider the further it goes. */
export function ArcEdge({ sourceX, sourceY, targetX, targetY, style, markerEnd }: EdgeProps) {
  const bow = Math.min(50, 16 + Math.abs(targetY - sourceY) * 0.16);
  const path = `M${sourceX},${sourceY} C${sourceX + bow},${sourceY} ${targetX + bow},${targetY} ${targetX},${targetY}`;
  return <BaseEdge path={path} style={style} markerEnd={markerEnd} />;
}
