/** All statements of the paper that the models decide. */
import { kafkaStatements } from '../kafka/paper.ts';
import { coreStatements } from '../spark/core/paper.ts';
import { dstreamStatements } from '../spark/dstreams/paper.ts';
import { streamingStatements } from '../spark/streaming/paper.ts';
import type { Statement } from './statement.ts';

export const paperStatements = (): Statement[] => [
  ...streamingStatements(),
  ...dstreamStatements(),
  ...coreStatements(),
  ...kafkaStatements(),
];
