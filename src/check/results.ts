/**
 * results.json: what a check found, and the one source of everything that is printed. The schema
 * here is published as schema/results.schema.json.
 */
import { z } from 'zod';
import { EFFORTS } from './aspects/change.ts';

const count = z.int().min(0);
const faults = z.record(z.string(), count).describe('Fault class -> how many in one run.');
const verdict = z.enum(['holds', 'broken', 'undecided']);
const plain = z.json();

const origin = z.union([
  z.strictObject({ file: z.string(), line: z.int().min(1) }),
  z.strictObject({ default: z.string().describe('Whose default, as "kafka 4.1".') }),
]);

const setting = z.strictObject({
  subject: z.string().describe('Whose it is: broker, topic orders, producer, cluster, ...'),
  key: z.string(),
  value: z.string(),
  origin,
});

const step = z.strictObject({
  says: z.array(z.string()).min(1).describe('What happens, and what comes of it, in sentences.'),
  stimulus: z.strictObject({
    type: z.string(),
    component: z.string(),
    class: z.enum(['client', 'protocol', 'fault', 'repair']),
    payload: z.record(z.string(), plain),
  }),
  messages: z.array(
    z.strictObject({
      type: z.string(),
      from: z.string(),
      to: z.string(),
      payload: z.record(z.string(), plain),
      fate: z.enum(['delivered', 'lost', 'cut', 'queued']),
      channel: z.string().optional(),
    }),
  ),
  changed: z
    .record(z.string(), z.record(z.string(), z.tuple([plain, plain])))
    .describe('Component -> field -> [before, after].'),
  budget: faults.describe('Faults that may still happen after the step.'),
});

const judgedClaim = z.strictObject({
  name: z.string(),
  modality: z.enum(['always', 'recovers']),
  judged: z
    .array(z.strictObject({ step: count, because: z.string().nullable(), witness: plain }))
    .describe(
      'What its check says of the state after each step, where that changes; step 0 is the start. ' +
        'Null: nothing against it (of a `recovers` claim: the good state is there).',
    ),
});

const turns = z
  .strictObject({
    selfMade: count
      .nullable()
      .describe('From here on no further fault is needed. Null: not asked (`recovers`).'),
    inevitable: count.describe(
      'The last chance was before this step: after it the claim fails in the end, whatever ' +
        'clients, protocol and repairs do within the bounds, without any further fault.',
    ),
  })
  .describe('Steps, counted from one, after which that is so for good; 0: from the start.');

export const counterexample = z.strictObject({
  claim: z.string().describe('The claim that fails, one of those that make the guarantee.'),
  length: count,
  shortest: z.boolean().describe('Whether no shorter one exists; false if it was sampled.'),
  steps: z.array(step),
  components: z
    .array(z.strictObject({ name: z.string(), kind: z.enum(['process', 'channel', 'ghost']) }))
    .describe('Who takes part: a channel holds messages under way, a ghost only listens.'),
  claims: z.array(judgedClaim).describe('All claims about the system, step by step.'),
  turns: turns.nullable().describe('Null: not computed, for too much can follow.'),
  because: z.string(),
  witness: plain,
  evidence: z.array(z.string()).describe('Which record, where it was, when each copy ended.'),
  replay: z.string().describe('A token for `holdfast replay`.'),
});

const part = z.strictObject({
  aspect: z.string(),
  claims: z.array(z.string()).describe('Those of its claims that count here.'),
  bounds: z.record(z.string(), count),
  faults,
  states: count,
  complete: z.boolean(),
  limit: z.string().nullable(),
});

const scope = z.strictObject({
  bounds: z.record(z.string(), count),
  faults: faults.describe('The budget that was explored.'),
  assuming: z.array(z.string()).describe('Findings taken to be repaired.'),
  start: z
    .string()
    .nullable()
    .describe(
      'The token of no moves, with which the explorer begins; null if nothing was explored.',
    ),
  states: count,
  moves: count,
  depth: count,
  complete: z.boolean().describe('Whether the whole space within the bounds was seen.'),
  limit: z.string().nullable().describe('What stopped the search, as a sentence.'),
  sampled: z
    .strictObject({ runs: count, seed: z.int() })
    .nullable()
    .describe('Random runs after the search had stopped.'),
  parts: z
    .array(part)
    .optional()
    .describe('Explorations of other models that the verdict rests on as well.'),
});

const warning = z.strictObject({
  kind: z.enum(['assumption', 'vacuous', 'explored-as', 'found-with-fewer-faults']),
  text: z.string(),
});

const repair = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        subject: z.string(),
        key: z.string(),
        from: z.string(),
        to: z.string(),
        effort: z.enum(EFFORTS).describe('What the change takes, from a client to the code.'),
        price: z.string().describe('What becomes slower, costlier or unavailable.'),
        origin,
      }),
    )
    .describe('The smallest set that makes the guarantee hold; none: nothing was found.'),
  edits: z
    .array(
      z.strictObject({
        file: z.string(),
        line: z.int().min(1),
        before: z.string().nullable().describe('Null: `after` is put behind the line.'),
        after: z.string(),
      }),
    )
    .nullable()
    .describe('The changes as lines of the files, read again; null where that is not known.'),
  byHand: z
    .array(z.string())
    .describe('What no changed line of the files can say and is to be done by hand, in sentences.'),
  givesUp: z
    .array(z.strictObject({ guarantee: z.string(), faults }))
    .describe('What is not required, holds now and does not with the changes.'),
  assuming: z.array(z.string()).describe('Findings taken to be repaired meanwhile.'),
  tried: count.describe('Sets of changes that were tried.'),
  says: z.string(),
});

const cell = z.strictObject({
  aspect: z.string().describe('Which side of the deployment is judged, by which model.'),
  subjects: z.array(z.string()).min(1).describe('Topics, producers, queries: as `aspect` says.'),
  guarantee: z.string(),
  required: z.boolean(),
  faults,
  verdict,
  scope,
  withRepairs: z
    .strictObject({ findings: z.array(z.string()), verdict, scope })
    .nullable()
    .describe(
      'Of a broken cell: the verdict with these findings repaired too. If it is broken then as ' +
        'well, the counterexample is one that needs no finding.',
    ),
  counterexample: counterexample.nullable(),
  repair: repair
    .nullable()
    .describe('Of what is required and broken by the configuration; null where none was sought.'),
  warnings: z.array(warning),
});

const coverage = z.strictObject({
  machines: z.record(
    z.string(),
    z.strictObject({
      states: z.array(z.strictObject({ name: z.string(), visits: count, healthy: z.boolean() })),
      edges: z.array(
        z.strictObject({
          from: z.string(),
          event: z.string(),
          guard: z.string().nullable(),
          to: z.string(),
          taken: count,
          struck: count.describe('Times taken in moves of a fault.'),
        }),
      ),
      failurePaths: z.array(z.strictObject({ path: z.array(z.string()), taken: count })),
    }),
  ),
  stimuli: z.array(
    z.strictObject({
      type: z.string(),
      class: z.enum(['client', 'protocol', 'fault', 'repair']),
      fired: count,
    }),
  ),
  neverTaken: z.array(z.string()),
  neverFollowed: z.array(z.string()).describe('Failure paths with an edge never taken.'),
  neverFired: z.array(z.string()).describe('Events that never happened, as "fault CRASH".'),
});

export const resultsSchema = z.strictObject({
  schema: z.literal(1),
  tool: z.strictObject({ name: z.literal('holdfast'), version: z.string() }),
  deployment: z.strictObject({
    name: z.string(),
    kafkaVersion: z.string(),
    behaviour: z.string().describe('The modelled version whose protocol is checked.'),
    files: z.array(z.string()),
    settings: z.array(setting),
    subjects: z.array(
      z.strictObject({
        aspect: z.string(),
        name: z.string(),
        summary: z.string(),
        settings: z.array(setting).describe('The settings that its verdicts depend on.'),
      }),
    ),
    notes: z.array(z.string()),
  }),
  guarantees: z.array(
    z.strictObject({
      name: z.string(),
      aspect: z.string(),
      means: z.string(),
      required: z.boolean(),
    }),
  ),
  findings: z
    .array(
      z.strictObject({
        aspect: z.string(),
        about: z.string(),
        see: z.string().describe('Where they are told in full.'),
        list: z.array(
          z.strictObject({ id: z.string(), title: z.string(), confidence: z.string() }),
        ),
      }),
    )
    .describe('Where what is modelled breaks a claim by itself, whatever the configuration.'),
  options: z.strictObject({
    bounds: z.string(),
    within: z.record(z.string(), z.string()).describe('Aspect -> its bounds in words.'),
    maxStates: count,
    maxBytes: count,
    seed: z.int(),
    accept: z.array(z.string()).describe('Findings that are not held against the deployment.'),
  }),
  verdict: verdict.describe('Of all required cells together.'),
  cells: z.array(cell),
  notes: z.array(z.string()).describe('What the check itself has to say.'),
  coverage: z
    .record(z.string(), coverage)
    .describe('Aspect -> coverage of its control graphs, all explorations together.'),
  run: z
    .strictObject({ seconds: z.number(), workers: count })
    .describe('The only part that differs between two runs.'),
});

export type Results = z.infer<typeof resultsSchema>;
export type Cell = z.infer<typeof cell>;
export type Repair = z.infer<typeof repair>;
export type Counterexample = z.infer<typeof counterexample>;
export type Scope = z.infer<typeof scope>;
export type PartScope = z.infer<typeof part>;
export type Warning = z.infer<typeof warning>;
export type Verdict = z.infer<typeof verdict>;
