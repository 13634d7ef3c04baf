/** The explorer: a run, what can happen next, what the claims say, what every component looks like. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Claims } from './claims.tsx';
import { Components, Messages } from './components.tsx';
import { Finder } from './finder.tsx';
import { fragmentOf, type Link } from './link.ts';
import { Next } from './next.tsx';
import type { Sight, Step } from './place.ts';
import { Run } from './run.tsx';
import { Session } from './session.ts';
import { ShareLine } from './share.tsx';
import './explorer.css';

interface Props {
  readonly link: Link;
  /** Where one comes back to: "the report". */
  readonly home: string;
}

export function Explorer({ link, home }: Props) {
  const session = useMemo(() => new Session(), []);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    void session.open(link);
  }, [session, link]);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus();
    return () => session.end();
  }, [session]);
  const sight = session.sight.value;
  return (
    <div class="explorer" aria-busy={session.isBusy.value}>
      <header>
        <p>
          <a href="#page">← Back to {home}</a>
        </p>
        <h1 ref={heading} tabIndex={-1}>
          Explorer
        </h1>
        {sight && <Settings sight={sight} />}
      </header>
      <main>
        {session.failure.value !== null && (
          <p role="alert" class="failure">
            {session.failure.value}
          </p>
        )}
        {sight === null && session.failure.value === null && <p role="status">Building …</p>}
        {sight && <Bench session={session} sight={sight} />}
      </main>
    </div>
  );
}

function Settings({ sight: { settings, budget } }: { readonly sight: Sight }) {
  return (
    <>
      <p>{settings}</p>
      {budget.length > 0 && (
        <p>
          Left of the budget:{' '}
          {budget.map(({ fault, left, of }, i) => (
            <span key={fault}>
              {i > 0 && ', '}
              <span class={left === 0 ? 'spent' : ''}>
                {fault} {left} of {of}
              </span>
            </span>
          ))}
          .
        </p>
      )}
    </>
  );
}

interface BenchProps {
  readonly session: Session;
  readonly sight: Sight;
}

function Bench({ session, sight }: BenchProps) {
  const next = useRef<HTMLHeadingElement>(null);
  const { run, at } = sight;
  const take = async (move: Step): Promise<void> => {
    await session.take(move);
    // The button that was pressed is gone: go on where the next ones stand.
    next.current?.focus();
  };
  return (
    <>
      <Controls session={session} sight={sight} />
      <p role="status" class="unseen">
        {announcement(sight)}
      </p>
      <div class="columns">
        <section aria-labelledby="run-heading">
          <h2 id="run-heading">What happened</h2>
          <Run run={run} at={at} onGo={(to) => void session.goTo(to)} />
        </section>
        <section aria-labelledby="next-heading">
          <h2 id="next-heading" ref={next} tabIndex={-1}>
            What can happen next
          </h2>
          <Next sight={sight} onTake={(move) => void take(move)} />
        </section>
        <section aria-labelledby="claims-heading">
          <h2 id="claims-heading">What the claims say</h2>
          <Finder session={session} claims={sight.claims} isAtStart={at === 0} />
          <Claims claims={sight.claims} at={at} />
        </section>
      </div>
      <section aria-labelledby="look-heading">
        <h2 id="look-heading">What it looks like</h2>
        <Messages messages={sight.messages} />
        <Components components={sight.components} />
      </section>
      <section aria-labelledby="share-heading">
        <h2 id="share-heading">Share it</h2>
        <ShareLine label="Link to this state" text={linkTo(sight)} />
        <ShareLine label="The whole run, in a terminal" text={`holdfast replay ${sight.token}`} />
      </section>
    </>
  );
}

const linkTo = ({ token, at, run }: Sight): string =>
  location.href.replace(/#.*$/, '') + fragmentOf(token, at, run.length);

function Controls({ session, sight: { at, run } }: BenchProps) {
  const isPlaying = session.isPlaying.value;
  const last = run.length;
  return (
    <fieldset class="controls">
      <legend class="unseen">Move along the run</legend>
      <Control label="To the start" isOff={at === 0} onPress={() => session.goTo(0)} />
      <Control label="← Back" isOff={at === 0} onPress={() => session.goTo(at - 1)} />
      <Control label="Forward →" isOff={at === last} onPress={() => session.goTo(at + 1)} />
      <Control label="To the end" isOff={at === last} onPress={() => session.goTo(last)} />
      {isPlaying ? (
        <Control label="Pause" isOff={false} onPress={() => session.pause()} />
      ) : (
        <Control label="Play" isOff={at === last} onPress={() => session.play()} />
      )}
      <span class="where">
        After {at} of {last} {last === 1 ? 'move' : 'moves'}
      </span>
    </fieldset>
  );
}

interface ControlProps {
  readonly label: string;
  readonly isOff: boolean;
  readonly onPress: () => unknown;
}

/** A button that keeps the focus when it has nothing to do any more. */
function Control({ label, isOff, onPress }: ControlProps) {
  return (
    <button type="button" aria-disabled={isOff} onClick={() => void (isOff || onPress())}>
      {label}
    </button>
  );
}

/** What somebody who cannot see the page hears after each step. */
function announcement({ at, run, enabled, claims }: Sight): string {
  const said = at === 0 ? 'The start.' : `Move ${at}: ${run[at - 1]!.says.join(' ')}`;
  const broken = claims.filter(
    ({ modality, violation }) => modality === 'always' && violation !== null,
  );
  const says = broken.map(({ name, violation }) => `${name} fails: ${violation!.because}.`);
  return [said, ...says, `${enabled.length} moves are possible.`].join(' ');
}
