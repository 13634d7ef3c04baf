/** `holdfast simulate`: one run of a deployment on the virtual clock. */
import { Command, InvalidArgumentError } from 'commander';
import { wholeNumber } from './arguments.ts';

/** What was typed. */
export interface SimulateTyped {
  readonly fault: readonly string[];
  readonly set: readonly string[];
  readonly topic?: string;
  readonly seed: number;
  readonly seconds?: number;
  readonly json?: string;
  readonly metrics?: string;
}

const EXAMPLES = `
Faults:
  leaderKilled             a broker that leads dies; its log stays, and it is back after seconds=
  followerKilled           the same of a broker that leads nothing
  controllerKilled         the active controller dies; another one takes over
  leaderCutFromBrokers     from brokers and controllers; clients still reach it
  leaderCutFromReplicas    from the other brokers only
  leaderCutFromController  from the controllers only
  leaderCutFromClients     from producers and the query only
  leaderSlowDisk           its disk is factor= times slower
  leaderSlowNetwork        its network is factor= times slower
  leaderPaused             it stands still, and goes on after seconds=
  rollingRestart           brokers are stopped in order and started again, one after the other
  leaderRejuvenated        it is stopped in order, ahead of a failure, and started again
  leadershipMoved          what it leads is led by others, ahead of its failure
  workerKilled             an executor's process dies; its machine says so at once
  workerLost               an executor's machine is gone; silence has to say so
  driverKilled             the driver dies and is started again
  workerDecommissioned     an executor hands over what it has, ahead of its end

Examples:
  $ holdfast simulate .                                    a calm run of the files in this folder
  $ holdfast simulate . --fault leaderKilled               a leader dies, and is back after 30 s
  $ holdfast simulate . --fault leaderSlowDisk,seconds=60,factor=20,at=45
  $ holdfast simulate . --fault workerKilled,during=batch --set spark.workers=5
  $ holdfast simulate . --fault leaderCutFromBrokers --json run.json --metrics run.om
`;

const collected = (text: string, before: readonly string[]): string[] => [...before, text];

function assignment(text: string, before: readonly string[]): string[] {
  if (/^[\w]+(\.[\w]+)*=./.test(text)) return collected(text, before);
  throw new InvalidArgumentError(
    'Expected a path of the setting and its value, as spark.workers=5.',
  );
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description(
      'Run a deployment on a virtual clock, with faults: what recovers when, what is lost.',
    )
    .argument('<paths...>', 'files or folders, as for check')
    .option(
      '--fault <kind>',
      'what goes wrong, with seconds=, at=, factor= or during=batch after a comma; may be repeated',
      collected,
      [],
    )
    .option(
      '--set <path=value>',
      'what no file says, as spark.workers=5; may be repeated',
      assignment,
      [],
    )
    .option('--topic <name>', "the topic (default: the query's, or the first)")
    .option('--seed <n>', 'which course chance takes', wholeNumber(0), 1)
    .option('--seconds <n>', 'length of the run (default: as its faults ask for)', wholeNumber(1))
    .option('--json <file>', 'write setting, result and a sample a second as JSON; - prints it')
    .option('--metrics <file>', 'write the samples as OpenMetrics, for promtool and Prometheus')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], typed: SimulateTyped) => {
      // Models and simulator are loaded for those who use them.
      const { simulate } = await import('./simulate.ts');
      process.exitCode = simulate(paths, typed);
    });
}
