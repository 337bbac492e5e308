import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { plural } from '../../../report/index.ts';
import { LanguageMark } from '../../shared/LanguageMark.tsx';
import { ArcEdge } from './ArcEdge.tsx';
import type { ModuleNode, UnitNode } from './flow.ts';
import { LaneEdge } from './LaneEdge.tsx';
import classes from '../topologies.module.css';

const hidden = { opacity: 0, pointerEvents: 'none' } as const;

const UnitBoxNode = memo(function UnitBoxNode({ data }: NodeProps<UnitNode>) {
  return (
    <div className={classes.unitNode} data-target={data.target ? true : undefined}>
      <span className={classes.unitTitle}>
        {data.name}
        {data.instances > 1 ? (
          <b className={classes.times} title={plural(data.instances, 'instance')}>
            ×{data.instances}
          </b>
        ) : null}
        {data.count > 1 ? <small>{plural(data.count, 'module')}</small> : null}
      </span>
    </div>
  );
});

const ModuleBoxNode = memo(function ModuleBoxNode({ data }: NodeProps<ModuleNode>) {
  return (
    <div className={classes.moduleNode} data-selected={data.selected ? true : undefined} title={data.summary}>
      <Handle id="in" type="target" position={Position.Left} style={hidden} isConnectable={false} />
      <b>{data.title}</b>
      {data.language === null ? null : (
        <span className={classes.mark}>
          <LanguageMark language={data.language} />
        </span>
      )}
      <Handle id="beside" type="target" position={Position.Right} style={hidden} isConnectable={false} />
      <Handle type="source" position={Position.Right} style={hidden} isConnectable={false} />
    </div>
  );
});

export const edgeTypes = { lane: LaneEdge, arc: ArcEdge };
export const nodeTypes = { unit: UnitBoxNode, module: ModuleBoxNode };
