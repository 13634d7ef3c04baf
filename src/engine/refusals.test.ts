import { describe, expect, test } from 'vitest';
import { assign, type EventObject, fromPromise, log, raise, setup } from 'xstate';
import { act, defineSystem, type System } from '../model/index.ts';
import { explore } from '../schedulers/explore.ts';

describe('a machine that does more than assign and emit is refused', () => {
  const start = { type: 'GO' };
  const alone = (machine: unknown, context = {}): System =>
    defineSystem({
      name: 'alone',
      components: { it: { machine: machine as never, input: context } },
      stimuli: [{ to: 'it', event: start, class: 'client' }],
    });
  const child = fromPromise(async () => 1);

  test.each<[string, unknown, string]>([
    [
      'invoke',
      setup({ actors: { child } }).createMachine({ invoke: { src: 'child' } }),
      "'it' runs the action 'xstate.spawnChild'; a model's machine may only assign and emit.",
    ],
    [
      'spawn',
      setup({ actors: { child } }).createMachine({
        context: {},
        on: {
          GO: {
            actions: assign({
              kid: ({ spawn }: never) => (spawn as never as (x: string) => unknown)('child'),
            } as never),
          },
        },
      }),
      "The state of 'it' holds Actor, which is not plain data",
    ],
    [
      'a timer',
      setup({}).createMachine({
        initial: 'a',
        states: { a: { on: { GO: 'b' } }, b: { after: { 10: 'a' } } },
      }),
      "'it' runs the action 'xstate.raise'; a model's machine may only assign and emit.",
    ],
    [
      'raise',
      setup({}).createMachine({ on: { GO: { actions: raise({ type: 'ON' }) } } }),
      "'it' runs the action 'xstate.raise'; a model's machine may only assign and emit.",
    ],
    [
      'log',
      setup({}).createMachine({ on: { GO: { actions: log('hello') } } }),
      "'it' runs the action 'xstate.log'; a model's machine may only assign and emit.",
    ],
    [
      'an action of its own',
      setup({ actions: { note: () => {} } }).createMachine({ on: { GO: { actions: 'note' } } }),
      "'it' runs the action 'note'; a model's machine may only assign and emit.",
    ],
    [
      'a message at its start',
      setup({
        actions: { hello: act(() => ({ send: [{ type: 'HI', to: 'it' }] })) },
      }).createMachine({
        entry: 'hello',
      }),
      "'it' sends HI at its start: nobody could receive it. Let a stimulus begin.",
    ],
    [
      'a Set in its context',
      setup({}).createMachine({ context: { seen: new Set() } }),
      "The state of 'it' holds Set, which is not plain data",
    ],
    [
      'a message to nobody',
      setup({ actions: { hi: act(() => ({ send: [{ type: 'HI', to: 'you' }] })) } }).createMachine({
        on: { GO: { actions: 'hi' } },
      }),
      "alone: 'it' sends HI to 'you', which is no component.",
    ],
    [
      'an endless conversation',
      setup({ actions: { hi: act(() => ({ send: [{ type: 'GO', to: 'it' }] })) } }).createMachine({
        on: { GO: { actions: 'hi' } },
      }),
      'alone: a move sends more than 4096 messages.',
    ],
    [
      'a guard that fails',
      setup({
        guards: {
          bad: () => {
            throw new Error('no luck');
          },
        },
      }).createMachine({ on: { GO: { guard: 'bad', actions: [] } } }),
      "'it' fails on GO: Unable to evaluate guard 'bad' in transition for event 'GO' in state node '(machine)': no luck",
    ],
    [
      'data changed in place',
      setup({
        actions: {
          push: act<{ list: number[] }, EventObject>(({ list }) => {
            list.push(1);
            return { set: { list } };
          }),
        },
      }).createMachine({ context: { list: [] }, on: { GO: { actions: 'push' } } }),
      "'it' fails on GO: Cannot add property 0, object is not extensible",
    ],
  ])('%s', (_, machine, message) => {
    expect(() => explore(alone(machine), [], { whole: true })).toThrow(message);
  });
});
