/** How a run through both halves is told. */
import { expect, test } from 'vitest';
import { pipelineDesigns } from '../../models/pipeline/designs.ts';
import { evidence, narrate, pipeline, pipelineOptions } from '../../models/pipeline/index.ts';
import { explore } from '../../src/schedulers/explore.ts';
import { movesOf, replay } from '../../src/schedulers/replay.ts';
import { pipelineClaims, subjectOf } from './index.ts';

/** The shortest counterexample of a design, in sentences. */
function told(id: string): string[] {
  const { setting, breaks } = pipelineDesigns.find((design) => design.id === id)!;
  const system = pipeline(setting);
  const claims = pipelineClaims(subjectOf(pipelineOptions(setting)));
  const [found] = explore(
    system,
    claims.filter(({ name }) => name === breaks),
  ).results;
  const trace = replay(system, movesOf(system, found!.moves!));
  const facts = evidence(trace, found!.violation?.witness ?? null);
  return [...narrate(trace).map((sentences) => sentences.join(' ')), ...facts];
}

test('a loss that no query can see', () => {
  expect(told('E1')).toEqual([
    'The producer sends record 0 to b1: appended at offset 0, epoch 0. Record 0 is acknowledged.',
    'b1 crashes; its log stays on its disk. The controller fences b1; ISR {b2}; b2 is elected for epoch 1.',
    'b2 reads the metadata log and leads in epoch 1, from offset 0 on.',
    'driver1 starts and reads the checkpoint: it is empty. Batch 0 is next.',
    'driver1 asks b2 for the end offsets: [0]. There is nothing to do.',
    'Record 0: acknowledged in step 1, at the end not in the sink.',
    'b1: at offset 0 (epoch 0) from step 1 on',
    'b2: never had it',
    'At the end b2 is the leader of epoch 1, ISR {b2}; b1 is fenced.',
    'At the end driver1 is idle; checkpoint: it is empty.',
  ]);
});

test('a record that the sink has and the log has not', () => {
  expect(told('E2').slice(-9)).toEqual([
    'b1 crashes; its log stays on its disk. The controller fences b1; ISR {b2}; b2 is elected for epoch 1 though not in sync (unclean).',
    'b2 reads the metadata log and leads in epoch 1, from offset 0 on.',
    'driver1-task1 reports to its driver.',
    'driver1 commits batch 0 to the sink. Readers of the sink see record 0.',
    'Record 0: acknowledged in step 3, seen by readers of the sink in step 13, at the end in the sink.',
    'b1: at offset 0 (epoch 0) from step 3 on',
    'b2: never had it',
    'At the end b2 is the leader of epoch 1, ISR {b2}; b1 is fenced.',
    'At the end driver1 is sinkCommitted; checkpoint: newest offsets/0, no commit.',
  ]);
});
