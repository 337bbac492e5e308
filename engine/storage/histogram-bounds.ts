import { inflateSync } from 'node:zlib';
import { decodeHistogram, HISTOGRAM_MAX_US, longestHistogram } from '../model/index.ts';

/** Nine bytes for each of the 17,000 counts of a histogram of three digits up to a minute, and its header. */
const mostUnpackedBytes = 256 * 1024;
const headerBytes = 40;
/** Of the format V2 (https://github.com/HdrHistogram/HdrHistogram), without the bits that say how wide its words are. */
const compressedCookie = 0x1c_84_93_04;
/** A histogram may round its end up, to the next power of two at most. */
const furthestEndUs = BigInt(2 ** Math.ceil(Math.log2(HISTOGRAM_MAX_US)));

/**
 * What keeps a text that anybody may have written from being a histogram of ours, as the end of a sentence; null when nothing does. Takes no more time and memory than one of ours,
 * however much the text would unpack to or its header asks for.
 */
export function histogramProblem(text: string): string | null {
  if (text.length > longestHistogram) return 'is far too long for a histogram';
  const problem = 'is not an encoded histogram';
  try {
    const packed = Buffer.from(text, 'base64');
    if ((packed.readInt32BE(0) & ~0xf0) !== compressedCookie) return problem;
    const unpacked = inflateSync(packed.subarray(8, 8 + packed.readInt32BE(4)), { maxOutputLength: mostUnpackedBytes });
    const payloadBytes = unpacked.readInt32BE(4);
    const digits = unpacked.readInt32BE(12);
    const [lowest, highest] = [unpacked.readBigInt64BE(16), unpacked.readBigInt64BE(24)];
    if (payloadBytes < 0 || payloadBytes > unpacked.length - headerBytes) return problem;
    if (digits < 0 || digits > 3 || lowest !== 1n || highest < 2n || highest > furthestEndUs)
      return 'is a histogram of another range';
    decodeHistogram(text);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? 'unpacks to far more than a histogram has'
      : problem;
  }
}
