import { makeFakeBridge } from './fake-bridge.ts';
import { readStage } from './stage.ts';

window.cleave = makeFakeBridge(readStage(new URLSearchParams(location.search)));
await import('../main.tsx');
