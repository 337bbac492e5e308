import { connect } from 'node:net';
import { Connections } from './connections.ts';
import { readMessages, writeMessage } from './lines.ts';
import { orderSchema } from './messages.ts';

/** The end of the relay beside the units: opens the connections that it is told to. It ends with its standard input. */
const connections = new Connections((news) => writeMessage(process.stdout, news));
await readMessages(process.stdin, orderSchema, (order) => {
  if (order.type !== 'open') connections.take(order);
  else connections.add(order.id, connect({ host: order.host, port: order.port, allowHalfOpen: true }));
});
connections.close();
