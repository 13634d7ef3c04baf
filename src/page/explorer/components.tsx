/** What the last move sent, and every component as it is now. */
import type { TraceMessage } from '../../schedulers/replay.ts';
import type { Look } from './place.ts';
import { leavesOf, textOf } from './values.ts';

const FATES: Record<TraceMessage['fate'], string> = {
  delivered: 'arrives',
  lost: 'is lost',
  cut: 'does not get through',
  queued: 'waits',
};

export function Messages({ messages }: { readonly messages: readonly TraceMessage[] }) {
  if (messages.length === 0) return null;
  return (
    <details class="messages">
      <summary>
        The last move sent {messages.length} {messages.length === 1 ? 'message' : 'messages'}
      </summary>
      <ol>
        {messages.map(({ type, from, to, payload, fate, channel }, i) => (
          <li key={i} class={fate}>
            {from} → {to}: <strong>{type}</strong> {FATES[fate]}
            {channel !== undefined && fate === 'queued' && ` in ${channel}`}
            {Object.keys(payload).length > 0 && <code>{textOf(payload)}</code>}
          </li>
        ))}
      </ol>
    </details>
  );
}

export function Components({ components }: { readonly components: readonly Look[] }) {
  return (
    <div class="components">
      {components.map((look) => (
        <Card key={look.name} look={look} />
      ))}
    </div>
  );
}

function Card({ look: { name, state, stateWas, fields, ghost } }: { readonly look: Look }) {
  const leaves = leavesOf(fields);
  const isChanged = stateWas !== undefined || leaves.some(({ was }) => was !== undefined);
  return (
    <section class={isChanged ? 'card changed' : 'card'} aria-label={name}>
      <h3>
        {name}
        {ghost && <small> a ghost: it only listens</small>}
        {isChanged && <small class="news"> changed</small>}
      </h3>
      <p class="state">
        <Value now={state} was={stateWas} />
      </p>
      <dl>
        {leaves.map(({ path, now, was }) => (
          <div key={path}>
            <dt>{path}</dt>
            <dd>
              <Value now={now} was={was} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A value, and what it was before where that has changed. */
function Value({ now, was }: { readonly now: string; readonly was: string | undefined }) {
  if (was === undefined) return <>{now}</>;
  return (
    <>
      {was !== '' && <del>{was}</del>} {now !== '' && <ins>{now}</ins>}
    </>
  );
}
