import type Docker from 'dockerode';

interface Dialled {
  path: string;
  abortSignal?: AbortSignal;
  options?: { abortSignal?: AbortSignal | undefined } | undefined;
  isStream?: boolean;
  hijack?: boolean;
}
type Callback = (error: unknown, answer?: unknown) => void;

/**
 * Has every call of this client fail as soon as its connection is cut in the middle of an answer, and let go of the connection when its signal aborts. The
 * client itself waits for the rest of the answer, which never comes: to it only a stream can end before its time; and some of its calls, look-ups of images
 * among them, forget the signal that they are given.
 */
export function withWholeAnswers(docker: Docker): Docker {
  const modem: { dial(options: Dialled, callback: Callback): void } = docker.modem;
  const dial = modem.dial.bind(modem);
  modem.dial = (asked, callback) => {
    const abortSignal = asked.abortSignal ?? asked.options?.abortSignal;
    const options = abortSignal === undefined ? asked : { ...asked, abortSignal };
    if (options.isStream === true || options.hijack === true) {
      dial(options, callback);
      return;
    }
    dial({ ...options, isStream: true }, (error, stream) => {
      if (error !== null && error !== undefined) callback(error);
      else read(stream, callback);
    });
  };
  return docker;
}

function read(stream: unknown, callback: Callback): void {
  const answer = stream as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  let settled = false;
  const settle = (error: unknown, value?: unknown): void => {
    if (settled) return;
    settled = true;
    callback(error, value);
  };
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('end', () => settle(null, contentOf(Buffer.concat(chunks))));
  answer.on('error', (error) => settle(error));
  answer.on('close', () => settle(cut()));
}

/** As the client itself would hand it over: what is no JSON as bytes. */
function contentOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) || body;
  } catch {
    return body;
  }
}

/** As systems name it. */
function cut(): Error {
  return Object.assign(new Error('the connection was cut in the middle of an answer'), { code: 'ECONNRESET' });
}
