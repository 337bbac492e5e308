/**
 * Whether a plain value stays within `maximum` (text counts its length, anything else eight) and `maximumDepth` levels.
 * Stops counting as soon as it does not. Pure.
 */
export function weighs(value: unknown, maximum: number, maximumDepth: number): boolean {
  let left = maximum;
  const fits = (item: unknown, depth: number): boolean => {
    left -= typeof item === 'string' ? item.length : 8;
    if (left < 0 || depth > maximumDepth) return false;
    if (ArrayBuffer.isView(item)) left -= item.byteLength;
    else if (Array.isArray(item)) return item.every((inner) => fits(inner, depth + 1));
    else if (typeof item === 'object' && item !== null) {
      return Object.entries(item).every(([key, inner]) => {
        left -= key.length;
        return fits(inner, depth + 1);
      });
    }
    return left >= 0;
  };
  return fits(value, 0);
}
