/** What the explorer is asked and what it answers: plain data, for it goes between threads. */
import type { Budget, Plain, StimulusClass, Violation } from '../../model/index.ts';
import type { Move, TraceMessage } from '../../schedulers/replay.ts';

/** A move by its numbers. */
export type Step = Pick<Move, 'stimulus' | 'lost'>;

/** A run, and the state of it that is looked at: the one after the first `at` moves. */
export interface Place {
  readonly moves: readonly Step[];
  readonly at: number;
}

/** A move told. */
export interface ToldMove {
  readonly move: Step;
  /** For people: receiver, event and loss. */
  readonly label: string;
  /** Who wants it; a loss that is paid for is a fault, whoever spoke. */
  readonly class: StimulusClass;
  readonly component: string;
  readonly says: readonly string[];
  /** What it takes from the fault budget. */
  readonly cost: Budget;
}

/** A field of a component, with its value before the last move where that changed it. */
export interface Field {
  readonly name: string;
  readonly value: Plain;
  readonly was?: Plain;
}

/** A component as it is. */
export interface Look {
  readonly name: string;
  /** The finite state, as in `running.leading`. */
  readonly state: string;
  /** The finite state before the last move, where that changed it. */
  readonly stateWas?: string;
  readonly fields: readonly Field[];
  /** A ghost only listens: nobody in the system can look into it. */
  readonly ghost: boolean;
}

/** What a claim says of a state. */
export interface Judged {
  readonly name: string;
  readonly modality: 'always' | 'sometimes' | 'recovers';
  readonly means: string;
  readonly violation: Violation | null;
  /**
   * After how many moves it was decided: `always` claims by the first state in which they fail,
   * `sometimes` claims by the first in which they are met; null if no state up to here decides.
   */
  readonly decidedAt: number | null;
}

/** Everything that is shown of a place. */
export interface Sight {
  /** The settings in one line. */
  readonly settings: string;
  /** The whole run told, also beyond the state that is looked at. */
  readonly run: readonly ToldMove[];
  readonly at: number;
  /** The messages of the move that led here. */
  readonly messages: readonly TraceMessage[];
  readonly components: readonly Look[];
  readonly enabled: readonly ToldMove[];
  readonly claims: readonly Judged[];
  /** What became of what the run is about, up to here. */
  readonly evidence: readonly string[];
  /** The fault budget: what is left, of how much. */
  readonly budget: readonly {
    readonly fault: string;
    readonly left: number;
    readonly of: number;
  }[];
  /** The whole run as a token, for links and for `holdfast replay`. */
  readonly token: string;
}

/** What a search for a state ended with. */
export interface Found {
  /** The moves from where the search began; null if there is no such state, or none was found. */
  readonly moves: readonly Step[] | null;
  /** Was the whole space seen that lies within the bounds? */
  readonly complete: boolean;
  readonly states: number;
  /** What stopped it, as a sentence. */
  readonly limit: string | null;
}
