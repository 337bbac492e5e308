/** The smallest unit there is: answers 200 on the port it is told. For the floor under every deployment time. */
export const ECHO_PROGRAM = `import { createServer } from 'node:http';
const { host, port } = JSON.parse(process.env.CLEAVE_ECHO);
createServer((request, response) => response.end('ok')).listen(port, host);
process.on('SIGTERM', () => process.exit(0));
`;
