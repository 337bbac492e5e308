import type { HostMessage } from '../host-protocol/index.ts';
import { dispatcher } from './dispatch.ts';
import { createHost } from './host.ts';
import { plainMessages } from './plain-messages.ts';

const port = process.parentPort;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
const post = plainMessages((message: HostMessage): void => port.postMessage(message));

const dispatch = dispatcher(createHost(post), post);
port.on('message', ({ data }: { data: unknown }) => void dispatch(data));

// Work that was given up may fail late; the log says so and the laboratory goes on.
process.on('unhandledRejection', (reason) => {
  post({
    type: 'log',
    level: 'error',
    text: `unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
  });
});
