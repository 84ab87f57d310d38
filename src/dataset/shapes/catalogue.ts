import { EnvironmentError } from '../../errors.js';
import type { SourceRow } from '../example.js';
import { RowFault } from '../row-fault.js';
import { alpaca } from './alpaca.js';
import { fastchat } from './fastchat.js';
import type { RowFields, RowObject, Shape, ShapeName } from './shape.js';

/** Every shape, in the order in which a row is tried: the more telling keys first. */
export const shapes: readonly Shape[] = [fastchat, alpaca];

const byName: Readonly<Record<ShapeName, Shape>> = { alpaca, fastchat };

/** The names that `--from` and `--to` take. */
export const shapeNames = Object.keys(byName) as readonly ShapeName[];

/** The shape of a name. */
export function shapeNamed(name: ShapeName): Shape {
  return byName[name];
}

/** The shape that a row looks like; undefined when it looks like none. */
export function recogniseShape(row: RowObject): Shape | undefined {
  return shapes.find((shape) => shape.matches(row));
}

/**
 * Reads the fields of a row that was read and found good before, as run directories keep it.
 *
 * @throws EnvironmentError when the row no longer reads as that shape: somebody changed it.
 */
export function readSource(shape: ShapeName, source: SourceRow): Omit<RowFields, 'ownId'> {
  const fields = byName[shape].read(source);
  if (fields instanceof RowFault) {
    throw new EnvironmentError('run_damaged', `A stored ${shape} row cannot be read: ${fields.reason}.`, {
      expected: fields.expected,
      found: fields.found,
      ...(fields.field === undefined ? {} : { where: `field "${fields.field}"` }),
    });
  }
  const { instruction, input, response } = fields;
  return { instruction, input, response };
}
