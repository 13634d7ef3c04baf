/** The worker: the whole of Holdfast but the page, on a thread of its own. */
import { z } from 'zod';
import { Answerer } from './answers.ts';
import type { Ask } from './messages.ts';

// The page's policy forbids code made from text, which zod would try.
z.config({ jitless: true });

const answerer = new Answerer((reply) => postMessage(reply));
addEventListener('message', ({ data }: MessageEvent<Ask>) => void answerer.take(data));
