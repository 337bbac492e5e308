import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  BackgroundVariant,
  Controls,
  ReactFlow,
  ReactFlowProvider,
  useNodesState,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import type { Application, Topology } from '../../../engine/model/index.ts';
import { change, select, useDrawing } from '../drawing-store.ts';
import { callsInWords, flowOf, type CanvasNode } from './flow.ts';
import { moduleSize, unitAt } from './layout.ts';
import { edgeTypes, nodeTypes } from './nodes.tsx';
import classes from '../topologies.module.css';

interface Props {
  application: Application;
  topology: Topology;
}

/** The whole drawing, beside the zoom controls and over the words below it. */
const fitting = { padding: { top: '10px', left: '10px', right: '52px', bottom: '50px' }, maxZoom: 1.2 } as const;

/** The cut as a picture: drag a module into another box to move it, onto the empty canvas to give it a unit of its own. */
export function Canvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ application, topology }: Props) {
  const flow = useMemo(() => flowOf(application, topology), [application, topology]);
  const [nodes, setNodes, onNodesChange] = useNodesState<CanvasNode>(flow.nodes);
  const selected = useDrawing((state) => state.selected);
  const scheme = useComputedColorScheme('light');
  const { fitView } = useReactFlow();
  const size = useStore(({ width, height }) => `${width} ${height}`);
  const shape = `${topology.units.length}`;
  const lastTarget = useRef<string | null>(null);
  /** A view that a person chose stays until they ask for the whole drawing again. */
  const chosen = useRef(false);

  // What was dragged goes to its place in the new layout, also when the drop changed nothing.
  useEffect(() => setNodes(flow.nodes.map((node) => withSelected(node, selected))), [flow, selected, setNodes]);
  useEffect(() => {
    if (chosen.current) return undefined;
    const frame = requestAnimationFrame(() => void fitView(fitting));
    return () => cancelAnimationFrame(frame);
  }, [shape, size, fitView]);

  const dropTarget = (node: CanvasNode): string | null => {
    const parent = flow.placed.units.find((unit) => `unit:${unit.name}` === node.parentId);
    return unitAt(flow.placed.units, {
      x: (parent?.x ?? 0) + node.position.x + moduleSize.width / 2,
      y: (parent?.y ?? 0) + node.position.y + moduleSize.height / 2,
    });
  };
  const lightUp = (target: string | null): void => {
    if (lastTarget.current === target) return;
    lastTarget.current = target;
    setNodes((before) =>
      before.map((node) =>
        node.type === 'unit' && node.data.target !== (node.data.name === target)
          ? { ...node, data: { ...node.data, target: node.data.name === target } }
          : node,
      ),
    );
  };
  const drop = (node: CanvasNode): void => {
    lightUp(null);
    if (node.type !== 'module') return;
    const target = dropTarget(node);
    const before = useDrawing.getState().drawing;
    change(
      target === null
        ? { kind: 'split', module: node.data.name }
        : { kind: 'move', module: node.data.name, unit: target },
    );
    if (useDrawing.getState().drawing === before) setNodes(flow.nodes.map((one) => withSelected(one, selected)));
  };

  return (
    <div
      className={classes.canvas}
      role="group"
      aria-label="Cut canvas"
      onKeyDown={(event) => moveByKey(event, topology)}
    >
      <ReactFlow
        nodes={nodes}
        edges={flow.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onNodeDrag={(_event, node) => lightUp(dropTarget(node))}
        onNodeDragStop={(_event, node) => drop(node)}
        onNodeClick={(_event, node) => node.type === 'module' && select(node.data.name)}
        onPaneClick={() => select(null)}
        // Moves of the program's own come without an event.
        onMoveEnd={(event) => {
          if (event !== null) chosen.current = true;
        }}
        colorMode={scheme}
        fitView
        fitViewOptions={fitting}
        minZoom={0.25}
        maxZoom={1.6}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        proOptions={{ hideAttribution: true }}
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={18}
          size={1}
          color="var(--line-strong)"
          bgColor="var(--sunken)"
        />
        <Controls
          showInteractive={false}
          position="bottom-right"
          aria-label="Zoom"
          fitViewOptions={fitting}
          onZoomIn={() => void (chosen.current = true)}
          onZoomOut={() => void (chosen.current = true)}
          onFitView={() => void (chosen.current = false)}
        />
      </ReactFlow>
      <ul className={classes.calls} aria-label="Calls between modules">
        {callsInWords(application, topology).map((call) => (
          <li key={call}>{call}</li>
        ))}
      </ul>
      <div className={classes.hint} aria-hidden="true">
        <span>direct call</span>
        <span>over the network</span>
      </div>
    </div>
  );
}

function withSelected(node: CanvasNode, selected: string | null): CanvasNode {
  if (node.type !== 'module') return node;
  const mine = node.data.name === selected;
  return node.data.selected === mine ? node : { ...node, data: { ...node.data, selected: mine } };
}

/** Alt with the arrows moves the focused module; Enter or Space selects it. */
function moveByKey(event: KeyboardEvent<HTMLElement>, topology: Topology): void {
  const id = (event.target as HTMLElement).closest('[data-id^="module:"]')?.getAttribute('data-id');
  const module = id?.slice('module:'.length);
  if (module === undefined) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    select(module);
    return;
  }
  if (!event.altKey) return;
  const index = topology.units.findIndex((unit) => unit.modules.includes(module));
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  const target = topology.units[(index + step + topology.units.length) % topology.units.length];
  if (event.key === 'ArrowDown') change({ kind: 'split', module });
  else if (step !== 0 && target !== undefined) change({ kind: 'move', module, unit: target.name });
  else return;
  event.preventDefault();
  select(module);
}
