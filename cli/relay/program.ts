import { connect } from 'node:net';
import { cachedLookup } from '../../engine/load/index.ts';
import { Connections } from './connections.ts';
import { readMessages, writeMessage } from './lines.ts';
import { orderSchema } from './messages.ts';

/** The end of the relay beside the units: opens the connections that it is told to. It ends with its standard input. */
const connections = new Connections((news) => writeMessage(process.stdout, news));
await readMessages(process.stdin, orderSchema, (order) => {
  if (order.type !== 'open') connections.take(order);
  else {
    const { id, host, port } = order;
    // Names of units that have ended may be waited for long, and must not hold up the others.
    connections.add(id, connect({ host, port, allowHalfOpen: true, lookup: cachedLookup }));
  }
});
connections.close();
