/** All stories; what had to hold is unfolded first. */
import type { Story } from './stories.ts';
import { StoryView } from './story.tsx';
import type { Results } from './told.ts';

interface Props {
  readonly stories: readonly Story[];
  readonly results: Results;
}

export function StoriesSection({ stories, results }: Props) {
  if (stories.length === 0) return null;
  return (
    <section id="counterexamples">
      <h2>Counterexamples</h2>
      {stories.map((story, i) => (
        <StoryView key={story.id} story={story} results={results} isOpen={i === 0} />
      ))}
    </section>
  );
}
