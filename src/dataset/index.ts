export { fingerprintFile } from './byte-source.js';
export { Dataset, type DatasetSummary, openDataset } from './dataset.js';
export { writeDatasetFile } from './dataset-file.js';
export type { Example, SourceRow } from './example.js';
export { type Container, containerOf, type FileFormat } from './file-format.js';
export { serializeRows } from './serializer.js';
export { readSource, shapeNamed, shapeNames } from './shapes/catalogue.js';
export type { ShapeName } from './shapes/shape.js';
