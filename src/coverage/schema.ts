/**
 * coverage.json: what each suite took of its machines and of its faults, by scheduler. The one source
 * of the text, of the baseline and of the pictures.
 */
import { z } from 'zod';

const count = z.int().min(0);

const byScheduler = z
  .strictObject({
    searched: count.describe(
      'By exhaustive search: every move of every state, each case on its own.',
    ),
    sampled: count.describe('By random walks.'),
    scenarios: count.describe('By the written scenarios.'),
  })
  .describe('How often, by who decided what happens.');

const edge = z.strictObject({
  from: z.string(),
  event: z.string(),
  guard: z.string().nullable(),
  to: z.string(),
  taken: byScheduler,
  struck: z.boolean().describe('Was it ever taken in the move of a fault?'),
});

const machine = z.strictObject({
  states: z.array(
    z.strictObject({
      name: z.string(),
      healthy: z.boolean().describe('Does some case come to it without any fault?'),
      visits: byScheduler,
    }),
  ),
  edges: z.array(edge),
  failurePaths: z
    .array(z.strictObject({ path: z.array(z.string()), taken: byScheduler }))
    .describe('From a healthy state through a fault to a healthy state, or to an end.'),
});

const strikes = z.strictObject({
  of: z.string().describe('Whose phases they are.'),
  phases: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      fault: z.string().describe('Fault classes paid for.'),
      stimulus: z.string().describe('What is the fault, or what loses a message.'),
      cells: z.array(byScheduler).describe('By phase.'),
    }),
  ),
});

const claim = z.strictObject({
  name: z.string(),
  modality: z.enum(['always', 'recovers']),
  edges: byScheduler.describe('Edges taken in runs in which the claim was judged in every state.'),
});

const suite = z.strictObject({
  name: z.string(),
  about: z.string(),
  cases: count,
  states: count.describe('Of all cases together.'),
  complete: z.boolean().describe('Was every case searched to its end?'),
  machines: z.record(z.string(), machine).describe('By the id of the machine.'),
  strikes: z.array(strikes),
  claims: z.array(claim),
  neverFired: z.array(z.string()).describe('Stimuli that no search ever gave, as `fault CRASH`.'),
});

export const coverageSchema = z.strictObject({
  schema: z.literal(1),
  suites: z.array(suite),
});

export type ByScheduler = z.infer<typeof byScheduler>;
export type Scheduler = keyof ByScheduler;
export type EdgeReport = z.infer<typeof edge>;
export type MachineReport = z.infer<typeof machine>;
export type StrikesReport = z.infer<typeof strikes>;
export type SuiteReport = z.infer<typeof suite>;
export type CoverageReport = z.infer<typeof coverageSchema>;

export const schedulers: readonly Scheduler[] = ['searched', 'sampled', 'scenarios'];

/**
 * What is said of an edge, a path, or a fault in a phase:
 * - `sampled`: random walks took it;
 * - `scenario only`: of walks and scenarios only a scenario did;
 * - `search only`: it can happen, and neither a walk nor a scenario took it;
 * - `never`: it cannot happen in any case of the suite, if every search was complete.
 */
export type Standing = 'sampled' | 'scenario only' | 'search only' | 'never';

export function standing({ searched, sampled, scenarios }: ByScheduler): Standing {
  if (sampled > 0) return 'sampled';
  if (scenarios > 0) return 'scenario only';
  return searched > 0 ? 'search only' : 'never';
}
