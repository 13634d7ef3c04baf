/** The known-bad pipelines as entries of the catalogue. */
import { pipelineDesigns } from '../../models/pipeline/designs.ts';
import { pipeline, pipelineOptions } from '../../models/pipeline/index.ts';
import { pipelineClaims, subjectOf } from '../pipeline/index.ts';
import { type Entry, entryOf } from './entry.ts';

export const pipelineEntries: readonly Entry[] = pipelineDesigns.map((design) =>
  entryOf('Pipeline: Kafka and Structured Streaming together', design, () => ({
    system: pipeline(design.setting),
    claims: pipelineClaims(subjectOf(pipelineOptions(design.setting))),
  })),
);
