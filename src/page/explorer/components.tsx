/** What the last move sent, and every component as it is now. */
import type { TraceMessage } from '../../schedulers/replay.ts';
import { groupBy } from '../group.ts';
import type { Look } from './place.ts';
import { type Leaf, leavesOf, textOf } from './values.ts';

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
        {groupBy(leaves, ({ field }) => field).map((own) => (
          <Rows key={own[0]!.field} leaves={own} />
        ))}
      </dl>
    </section>
  );
}

/** A field; a record among them with a row for each of its own. */
function Rows({ leaves }: { readonly leaves: readonly Leaf[] }) {
  const [{ field, path }] = leaves as readonly [Leaf];
  const isRecord = path.length > 0;
  return (
    <>
      {isRecord && (
        <div>
          <dt>{field}</dt>
          <dd />
        </div>
      )}
      {leaves.map(({ path, now, was }) => (
        <div key={path.join('.')} class={isRecord ? 'inner' : ''}>
          <dt>{isRecord ? path.join(' ') : field}</dt>
          <dd>
            <Value now={now} was={was} />
          </dd>
        </div>
      ))}
    </>
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
