import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callKey, layered } from './layered.ts';

const gaps = { column: 40, row: 20, lane: 12 };
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const box = (id: string) => ({ id, width: 100, height: 30 });

describe('boxes in columns', () => {
  it('put callers before those they call, and lead a call past the column it skips', () => {
    const calls = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'a', to: 'c' },
    ];
    const { places, passes, columns } = layered(ids.slice(0, 3).map(box), calls, gaps);
    expect(['a', 'b', 'c'].map((id) => places.get(id)?.column)).toEqual([0, 1, 2]);
    expect(columns).toHaveLength(3);
    expect(passes.get(callKey({ from: 'a', to: 'c' }))?.map(({ column }) => column)).toEqual([1]);
  });

  it('never overlap, and are never run over by a call that passes, whatever the sizes and circles', () => {
    const one = fc.record({ width: fc.integer({ min: 20, max: 400 }), height: fc.integer({ min: 20, max: 300 }) });
    const call = fc.record({ from: fc.constantFrom(...ids), to: fc.constantFrom(...ids) });
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 6, maxLength: 6 }),
        fc.uniqueArray(call, { selector: callKey, maxLength: 14 }),
        (sizes, calls) => {
          const boxes = ids.map((id, index) => ({ id, ...sizes[index]! }));
          const { places, passes, columns, height } = layered(boxes, calls, gaps);
          const placed = boxes.map((box) => ({ ...box, ...places.get(box.id)! }));
          for (const a of placed) {
            expect(columns[a.column]).toBeDefined();
            expect(a.x).toBeGreaterThanOrEqual(columns[a.column]!.left - 1);
            expect(a.x + a.width).toBeLessThanOrEqual(columns[a.column]!.right + 1);
            expect(a.y).toBeGreaterThanOrEqual(-0.5);
            expect(a.y + a.height).toBeLessThanOrEqual(height + 0.5);
            for (const b of placed)
              if (a.id < b.id && a.column === b.column)
                expect(a.y + a.height <= b.y || b.y + b.height <= a.y, `${a.id} and ${b.id}`).toBe(true);
          }
          for (const [index, column] of columns.slice(1).entries())
            expect(column.left).toBeGreaterThan(columns[index]!.right);
          for (const lanes of passes.values())
            for (const { column, y } of lanes)
              for (const a of placed.filter((other) => other.column === column))
                expect(y < a.y || y > a.y + a.height).toBe(true);
          expect(layered(boxes, calls, gaps)).toEqual({ places, passes, columns, height });
        },
      ),
    );
  });

  it('are none where there are none', () => {
    expect(layered([], [], gaps)).toMatchObject({ columns: [], height: 0 });
  });
});
