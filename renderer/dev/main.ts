import { makeFakeBridge } from './fake-bridge.ts';
import { readStage } from './stage.ts';

window.cleave = makeFakeBridge(readStage(new URLSearchParams(location.search)));
// Not awaited: the window's parts share a chunk with this one, which would wait for itself.
void import('../main.tsx');
